import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// `npm run dev` asks this server; it is opened with the token that the server was started with.
const server = process.env.REPRISE_URL ?? 'http://127.0.0.1:7070'
const token = process.env.REPRISE_TOKEN ?? ''

export default defineConfig({
  plugins: [react()],
  build: {
    // Where Maven packs classes from: the jar holds the pages under META-INF/reprise-web.
    outDir: 'target/classes/META-INF/reprise-web',
    emptyOutDir: true,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { '/api': { target: server, headers: { Authorization: `Bearer ${token}` } } },
  },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
})
