import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  redirect,
} from '@tanstack/react-router'
import { ComparePage } from './comparison/ComparePage'
import { compareSearch, runBefore } from './comparison/search'
import { JobPage } from './job/JobPage'
import { JobsPage } from './job/JobsPage'
import { jobQueries, jobsQuery } from './job/queries'
import { jobSearch } from './job/search'
import { ReproductionPage } from './reproduction/ReproductionPage'
import { reproductionSearch } from './reproduction/search'
import { experimentsQuery, runQueries, runsQuery } from './run/queries'
import { RunPage } from './run/RunPage'
import { RunsPage } from './run/RunsPage'
import { runsSearch } from './run/search'
import { NoPage, ProblemPage } from './shell/ProblemPage'
import { Shell } from './shell/Shell'

interface Context {
  client: QueryClient
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NoPage,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/runs', replace: true })
  },
})

const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  validateSearch: runsSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { client }, deps }) =>
    Promise.all([
      client.ensureInfiniteQueryData(runsQuery(deps)),
      client.ensureQueryData(experimentsQuery),
    ]),
  component: RunsPage,
})

const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run',
  loader: async ({ context: { client }, params }) => {
    const [found] = await Promise.all([
      client.ensureQueryData(runQueries.whole(params.run)),
      client.ensureQueryData(runQueries.replays(params.run)),
      client.ensureQueryData(runQueries.reproductions(params.run)),
    ])
    if (found.run !== params.run) {
      throw redirect({ to: '/runs/$run', params: { run: found.run }, replace: true })
    }
  },
  component: RunPage,
})

const reproductions = createRoute({
  getParentRoute: () => root,
  path: '/runs/$run/reproductions',
  validateSearch: reproductionSearch,
  loader: async ({ context: { client }, params }) => {
    const [found] = await Promise.all([
      client.ensureQueryData(runQueries.whole(params.run)),
      client.ensureQueryData(runQueries.replays(params.run)),
      client.ensureQueryData(runQueries.reproductions(params.run)),
      client.ensureQueryData(runQueries.explanations(params.run)),
    ])
    if (found.run !== params.run) {
      throw redirect({ to: '/runs/$run/reproductions', params: { run: found.run }, replace: true })
    }
  },
  component: ReproductionPage,
})

const compare = createRoute({
  getParentRoute: () => root,
  path: '/compare',
  validateSearch: compareSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { client }, deps }) => {
    const b = await client.ensureQueryData(runQueries.whole(deps.b ?? '@latest'))
    const runs = await client.ensureInfiniteQueryData(
      runsQuery({ experiment: b.experiment, replays: true }),
    )
    const a = await client.ensureQueryData(
      runQueries.whole(
        deps.a ??
          runBefore(
            b,
            runs.pages.flatMap((page) => page.runs),
          ),
      ),
    )
    await client.ensureInfiniteQueryData(runsQuery({ experiment: a.experiment, replays: true }))
    if (a.run !== deps.a || b.run !== deps.b) {
      throw redirect({ to: '/compare', search: { a: a.run, b: b.run }, replace: true })
    }
    return { a: a.run, b: b.run }
  },
  component: ComparePage,
})

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  loader: ({ context: { client } }) => client.ensureQueryData(jobsQuery),
  component: JobsPage,
})

const job = createRoute({
  getParentRoute: () => root,
  path: '/jobs/$job',
  validateSearch: jobSearch,
  loader: ({ context: { client }, params }) =>
    Promise.all([
      client.ensureQueryData(jobQueries.summary(params.job)),
      client.ensureQueryData(jobQueries.versions(params.job)),
      client.ensureQueryData(jobQueries.times(params.job)),
      client.ensureQueryData(jobQueries.firings(params.job)),
    ]),
  component: JobPage,
})

/** Every page there is. */
export function createAppRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([home, runs, run, reproductions, compare, jobs, job]),
    context: { client },
    defaultErrorComponent: ProblemPage,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0, // the query cache knows what is fresh
    defaultPendingMs: 400,
    scrollRestoration: true,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
