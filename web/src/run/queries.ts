import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { answer, api, type Schemas } from '../api/client'
import type { RunsSearch } from './search'

export type RunId = Schemas['RunId']
export type Run = Schemas['Run']
export type RunSummary = Schemas['RunSummary']
export type Step = Schemas['Step']

const PAGE = 100

/** The runs that {@code search} asks for, a page at a time, newest first. */
export function runsQuery(search: RunsSearch) {
  const { experiment, status, judged, text, replays } = search
  return infiniteQueryOptions({
    queryKey: ['runs', { experiment, status, judged, text, replays }],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/runs', {
          params: {
            query: {
              ...(experiment && { experiment }),
              ...(status && { status }),
              ...(judged && { judged }),
              ...(text && { text }),
              ...(!replays && { origin: 'original' }),
              offset: pageParam,
              limit: PAGE,
            },
          },
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const seen = pages.reduce((sum, page) => sum + page.runs.length, 0)
      return last.runs.length > 0 && seen < last.total ? seen : undefined
    },
    placeholderData: keepPreviousData,
  })
}

export const experimentsQuery = queryOptions({
  queryKey: ['experiments'],
  queryFn: () => answer(api.GET('/api/experiments')),
})

/** Everything the screen may ask about one run. Keys nest under the run, so one call forgets it. */
export const runQueries = {
  whole: (run: RunId) =>
    queryOptions({
      queryKey: ['run', run, 'whole'],
      queryFn: () => answer(api.GET('/api/runs/{run}', { params: { path: { run } } })),
    }),
  replays: (run: RunId) =>
    queryOptions({
      queryKey: ['run', run, 'replays'],
      queryFn: () => answer(api.GET('/api/runs/{run}/replays', { params: { path: { run } } })),
    }),
  /** Null where the server replays nothing by itself. */
  verification: (run: RunId) =>
    queryOptions({
      queryKey: ['run', run, 'verification'],
      queryFn: async () => {
        const said = await api.GET('/api/runs/{run}/verification', { params: { path: { run } } })
        return said.data ?? null
      },
    }),
  explanations: (run: RunId) =>
    queryOptions({
      queryKey: ['run', run, 'explanations'],
      queryFn: () => answer(api.GET('/api/runs/{run}/explanations', { params: { path: { run } } })),
    }),
  reproductions: (run: RunId) =>
    queryOptions({
      queryKey: ['run', run, 'reproductions'],
      queryFn: () =>
        answer(api.GET('/api/runs/{run}/reproductions', { params: { path: { run } } })),
    }),
}
