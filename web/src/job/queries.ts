import { type QueryKey, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { answer, api, type Schemas } from '../api/client'

export type JobSummary = Schemas['JobSummary']
export type JobVersion = Schemas['JobVersion']
export type JobPolicy = Schemas['JobPolicy']
export type Trigger = Schemas['Trigger']
export type Firing = Schemas['Firing']
export type JobMetrics = Schemas['JobMetrics']
export type Attempt = Schemas['Attempt']
export type Stage = Schemas['Stage']
export type StageResult = Schemas['StageResult']

const TIMES = 10

export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: () => answer(api.GET('/api/jobs')),
})

/** What of a run could go on side by side. */
export function stagesQuery(run: string) {
  return queryOptions({
    queryKey: ['run', run, 'stages'],
    queryFn: () => answer(api.GET('/api/runs/{run}/stages', { params: { path: { run } } })),
  })
}

/** How messages are sent to a webhook. */
export function hookQuery(trigger: number) {
  return queryOptions({
    queryKey: ['trigger', trigger, 'hook'],
    queryFn: () =>
      answer(
        api.GET('/api/triggers/{trigger}/hook', {
          params: { path: { trigger: String(trigger) } },
        }),
      ),
  })
}

/** Everything the screen may ask about one job. Keys nest under the job, so one call forgets it. */
export const jobQueries = {
  summary: (job: string) =>
    queryOptions({
      queryKey: ['job', job, 'summary'],
      queryFn: () => answer(api.GET('/api/jobs/{job}', { params: { path: { job } } })),
    }),
  versions: (job: string) =>
    queryOptions({
      queryKey: ['job', job, 'versions'],
      queryFn: () => answer(api.GET('/api/jobs/{job}/versions', { params: { path: { job } } })),
    }),
  times: (job: string) =>
    queryOptions({
      queryKey: ['job', job, 'times'],
      queryFn: () =>
        answer(
          api.GET('/api/jobs/{job}/times', { params: { path: { job }, query: { count: TIMES } } }),
        ),
    }),
  firings: (job: string) =>
    queryOptions({
      queryKey: ['job', job, 'firings'],
      queryFn: () =>
        answer(
          api.GET('/api/jobs/{job}/firings', { params: { path: { job }, query: { limit: 200 } } }),
        ),
    }),
  metrics: (job: string) =>
    queryOptions({
      queryKey: ['job', job, 'metrics'],
      queryFn: () => answer(api.GET('/api/jobs/{job}/metrics', { params: { path: { job } } })),
    }),
  alerts: (job: string) =>
    queryOptions({
      queryKey: ['job', job, 'alerts'],
      queryFn: () => answer(api.GET('/api/jobs/{job}/alerts', { params: { path: { job } } })),
    }),
  runbook: (job: string, version: number) =>
    queryOptions({
      queryKey: ['job', job, 'runbook', version],
      queryFn: () =>
        answer(
          api.GET('/api/jobs/{job}/runbook', { params: { path: { job }, query: { version } } }),
        ),
    }),
  told: (job: string) =>
    queryOptions({
      queryKey: ['job', job, 'told'],
      queryFn: () => answer(api.GET('/api/jobs/{job}/told', { params: { path: { job } } })),
    }),
  stages: (attempt: string, status: Attempt['status']) =>
    queryOptions({
      queryKey: ['attempt', attempt, 'stages', status],
      queryFn: () =>
        answer(api.GET('/api/attempts/{attempt}/stages', { params: { path: { attempt } } })),
      refetchInterval: status === 'RUNNING' ? 1000 : false,
    }),
  log: (attempt: string, status: Attempt['status']) =>
    queryOptions({
      queryKey: ['attempt', attempt, 'log', status],
      queryFn: async () => (await fetch(`/api/attempts/${attempt}/log`)).text(),
      refetchInterval: status === 'RUNNING' ? 1000 : false,
    }),
}

/** Does something to a job; what is known of it is asked for again afterwards. */
export function useChange<Input>(job: string, change: (input: Input) => Promise<unknown>) {
  const client = useQueryClient()
  const keys: QueryKey[] = [['job', job], ['jobs']]
  return useMutation({
    mutationFn: change,
    onSettled: () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
