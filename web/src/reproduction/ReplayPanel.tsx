import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { answer, api, type Schemas } from '../api/client'
import { type Run, runQueries } from '../run/queries'
import { Button } from '../ui/Button'
import { VerificationBadge } from '../verification/VerificationBadge'
import { isFaithful } from './Purpose'
import css from './ReplayPanel.module.css'
import { VerdictBadge } from './VerdictBadge'

type Replaying = Schemas['Replaying']

/** The replay button, what goes on after it was pressed, and what came of it. */
export function ReplayPanel({ run, verdict = true }: { run: Run; verdict?: boolean }) {
  const client = useQueryClient()
  const { data: replays } = useSuspenseQuery(runQueries.replays(run.run))
  const { data: reproductions } = useSuspenseQuery(runQueries.reproductions(run.run))
  const press = useMutation({
    mutationFn: () =>
      answer(api.POST('/api/runs/{run}/replays', { params: { path: { run: run.run } } })),
    onSettled: () => client.invalidateQueries(runQueries.replays(run.run)),
  })
  const { data: verification } = useQuery(runQueries.verification(run.run))
  const latest = replays[0]
  const underWay = latest?.state === 'STARTING' || latest?.state === 'RUNNING'
  const isReplay = run.origin.kind === 'replay'
  const told = isReplay ? reproductions[0] : reproductions.find(isFaithful)
  return (
    <div className={css.panel}>
      <div className={css.line}>
        {verdict && told && !underWay && (
          <Link to="/runs/$run/reproductions" params={{ run: run.run }} className={css.verdict}>
            <VerdictBadge verdict={told.verdict} />
            <span>see why</span>
          </Link>
        )}
        {verification && !told && !underWay && (
          <span className={css.verdict}>
            <VerificationBadge verification={verification} />
          </span>
        )}
        {!isReplay && (
          <Button
            look="main"
            disabled={underWay || press.isPending || run.status === 'RUNNING'}
            title={run.status === 'RUNNING' ? 'Can be replayed once it is over' : undefined}
            onClick={() => press.mutate()}
          >
            {reproductions.length > 0 ? 'Replay again' : 'Replay'}
          </Button>
        )}
      </div>
      <div role="status" className={css.news}>
        {underWay && <Progress replaying={latest} steps={run.history.length} />}
        {press.error && !underWay && <p className={css.failed}>{press.error.message}</p>}
        {latest?.state === 'FAILED' && !press.error && (
          <p className={css.failed}>The last replay could not be done: {latest.message}</p>
        )}
      </div>
    </div>
  )
}

/** How far a replay is, told by its own events. */
function Progress({ replaying, steps }: { replaying: Replaying; steps: number }) {
  const { data: replay } = useQuery({
    ...runQueries.whole(replaying.replay ?? ''),
    enabled: replaying.replay !== undefined,
  })
  const done = replay?.history.filter((step) => step.outcome).length ?? 0
  const words =
    replaying.state === 'STARTING'
      ? 'Laying out a clean workspace …'
      : done < steps
        ? `Replaying step ${done + 1} of ${steps}`
        : 'Comparing …'
  return (
    <label className={css.progress}>
      {words}
      <progress max={steps} value={done} />
    </label>
  )
}
