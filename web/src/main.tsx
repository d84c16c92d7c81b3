import './ui/tokens.css'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ApiProblem } from './api/client'
import { follow } from './api/live'
import { createAppRouter } from './router'
import { chosenTheme, showTheme } from './ui/theme'

showTheme(chosenTheme())

const client = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always', // the server is this machine: no network is needed to reach it
      staleTime: 30_000,
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
      retryDelay: 500,
    },
    mutations: { networkMode: 'always' },
  },
})
const router = createAppRouter(client)
follow(client)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element "root"')
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
