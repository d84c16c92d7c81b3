import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { answer, api, type Schemas } from '../api/client'
import { type RunId, runQueries } from '../run/queries'

type Purpose = Schemas['Purpose']

/** What was asked for here of a run's replays, and the way to ask for more. */
export function useReplays(run: RunId) {
  const client = useQueryClient()
  const { data: replays } = useSuspenseQuery(runQueries.replays(run))
  const start = useMutation({
    mutationFn: (purpose: Purpose) =>
      answer(
        api.POST('/api/runs/{run}/replays', { params: { path: { run }, query: { purpose } } }),
      ),
    onSettled: () => client.invalidateQueries(runQueries.replays(run)),
  })
  const latest = replays[0]
  const isUnderWay = latest?.state === 'STARTING' || latest?.state === 'RUNNING'
  return { start, latest, underWay: isUnderWay ? latest : undefined }
}
