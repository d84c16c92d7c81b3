import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client'
import { PromoteForm } from '../job/PromoteForm'
import { type Run, runQueries } from '../run/queries'
import { Button } from '../ui/Button'
import { VerificationBadge } from '../verification/VerificationBadge'
import { isFaithful } from './Purpose'
import css from './ReplayPanel.module.css'
import { useReplays } from './replays'
import { VerdictBadge } from './VerdictBadge'

type Replaying = Schemas['Replaying']

/** The replay button, what goes on after it was pressed, and what came of it. */
export function ReplayPanel({ run, verdict = true }: { run: Run; verdict?: boolean }) {
  const { start, latest, underWay } = useReplays(run.run)
  const { data: reproductions } = useSuspenseQuery(runQueries.reproductions(run.run))
  const { data: verification } = useQuery(runQueries.verification(run.run))
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
            disabled={underWay !== undefined || start.isPending || run.status === 'RUNNING'}
            title={run.status === 'RUNNING' ? 'Can be replayed once it is over' : undefined}
            onClick={() => start.mutate('VERDICT')}
          >
            {reproductions.length > 0 ? 'Replay again' : 'Replay'}
          </Button>
        )}
        {!isReplay && run.status !== 'RUNNING' && (
          <PromoteForm run={run} proved={told !== undefined && isProof(told.verdict)} />
        )}
      </div>
      <div role="status" className={css.news}>
        {underWay && <Progress replaying={underWay} steps={run.history.length} />}
        {start.error && !underWay && <p className={css.failed}>{start.error.message}</p>}
        {latest?.state === 'FAILED' && !start.error && (
          <p className={css.failed}>
            {latest.purpose === 'CAUSE'
              ? 'The last search for a cause could not be done'
              : 'The last replay could not be done'}
            : {latest.message}
          </p>
        )}
      </div>
    </div>
  )
}

function isProof(verdict: Schemas['Verdict']): boolean {
  return verdict !== 'DIVERGED' && verdict !== 'NOT_RUN'
}

/** How far a replay is, told by its own events. */
function Progress({ replaying, steps }: { replaying: Replaying; steps: number }) {
  const { data: replay } = useQuery({
    ...runQueries.whole(replaying.replay ?? ''),
    enabled: replaying.replay !== undefined,
  })
  const done = replay?.history.filter((step) => step.outcome).length ?? 0
  const step =
    replaying.state === 'STARTING'
      ? 'Laying out a clean workspace …'
      : done < steps
        ? `Replaying step ${done + 1} of ${steps}`
        : 'Comparing …'
  const words = replaying.purpose === 'CAUSE' ? `Searching for the cause. ${step}` : step
  return (
    <label className={css.progress}>
      {words}
      <progress max={steps} value={done} />
    </label>
  )
}
