import { defineConfig } from '@playwright/test'

const width = 1280

// What the server replays of itself has the lowest priority: beside other tests it would never be done.
const QUIET = 'verified-while-you-work.e2e.ts'

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.e2e.ts',
  workers: 2, // each with a server of its own; more only get in the way of the JVMs that they start
  projects: [
    { name: 'busy', testIgnore: QUIET },
    { name: 'quiet', testMatch: QUIET, dependencies: ['busy'] },
  ],
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    viewport: { width, height: 900 },
    locale: 'en-GB',
    trace: 'retain-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
