import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { answer, api } from '../api/client'
import { VerdictBadge } from '../reproduction/VerdictBadge'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { duration, size } from '../ui/format'
import { Moment } from '../ui/Moment'
import { Scroll } from '../ui/Scroll'
import css from './FiringView.module.css'
import { type Attempt, type Firing, jobQueries, type Stage, useChange } from './queries'
import { StageGraph } from './StageGraph'
import { StateBadge } from './StateBadge'
import { isOver } from './status'

/** One occasion with its attempts, while they happen and afterwards. */
export function FiringView({ firing }: { firing: Firing }) {
  const { data: versions } = useQuery(jobQueries.versions(firing.job))
  const stages = versions?.find((it) => it.version === firing.version)?.stages ?? []
  const path = { firing: String(firing.firing) }
  const cancel = useChange(firing.job, () =>
    answer(api.POST('/api/firings/{firing}/cancel', { params: { path } })),
  )
  const navigate = useNavigate()
  const repair = useChange(firing.job, async () => {
    await answer(api.POST('/api/firings/{firing}/repair', { params: { path } }))
    // Whoever repairs it wants to see what becomes of it, whatever else fires meanwhile.
    const search = { firing: firing.firing }
    await navigate({ to: '/jobs/$job', params: { job: firing.job }, search, resetScroll: false })
  })
  const canBeRepaired = isOver(firing) && firing.status !== 'SUCCEEDED'
  const error = cancel.error ?? repair.error
  return (
    <article className={css.firing} aria-label={`Firing ${firing.firing}`}>
      <header className={css.head}>
        <strong>Firing {firing.firing}</strong>
        <StateBadge status={firing.status} />
        <Moment at={firing.due ?? firing.createdAt} />
        <span className={css.soft}>
          {firing.cause} · version {firing.version}
        </span>
        {!isOver(firing) && (
          <Button disabled={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
            Cancel
          </Button>
        )}
        {canBeRepaired && (
          <Button look="main" disabled={repair.isPending} onClick={() => repair.mutate(undefined)}>
            Repair
          </Button>
        )}
      </header>
      {(error || firing.why) && <p className={css.why}>{error?.message ?? firing.why}</p>}
      {Object.entries(firing.parameters).map(([name, value]) => (
        <code key={name} className={css.soft}>
          {name}={value}
        </code>
      ))}
      <ol className={css.attempts} reversed>
        {[...firing.attempts].reverse().map((attempt) => (
          <AttemptView key={attempt.attempt} attempt={attempt} stages={stages} />
        ))}
      </ol>
    </article>
  )
}

function AttemptView({ attempt: it, stages }: { attempt: Attempt; stages: readonly Stage[] }) {
  const took =
    it.startedAt && it.endedAt ? Date.parse(it.endedAt) - Date.parse(it.startedAt) : undefined
  return (
    <li className={css.attempt}>
      <div className={css.head}>
        <span>attempt {it.number}</span>
        <StateBadge status={it.status} />
        {took !== undefined && <span className={css.soft}>{duration(took)}</span>}
        {it.status === 'WAITING' && (
          <span className={css.soft}>
            not before <Moment at={it.notBefore} />
          </span>
        )}
        {it.run && (
          <Link to="/runs/$run" params={{ run: it.run }}>
            its cells
          </Link>
        )}
        {it.run && it.verdict && (
          <Link to="/runs/$run/reproductions" params={{ run: it.run }}>
            {it.verdict === 'DIVERGED' ? (
              <Badge tone="muted">other than the golden run</Badge>
            ) : (
              <VerdictBadge verdict={it.verdict} />
            )}
          </Link>
        )}
      </div>
      {it.why && <p className={css.why}>{it.why}</p>}
      {stages.length > 0 && it.startedAt && <AttemptStages attempt={it} stages={stages} />}
      {it.artifacts.length > 0 && (
        <ul className={css.files} aria-label="Files that it made">
          {it.artifacts.map((file) => (
            <li key={file.path}>
              <a
                href={`/api/attempts/${it.attempt}/artifact?path=${encodeURIComponent(file.path)}`}
                download={file.path.split('/').pop()}
              >
                {file.path}
              </a>{' '}
              <span className={css.soft}>{size(file.size)}</span>
            </li>
          ))}
        </ul>
      )}
      <Log attempt={it} />
    </li>
  )
}

function AttemptStages(props: { attempt: Attempt; stages: readonly Stage[] }) {
  const { attempt, status } = props.attempt
  const { data: results } = useQuery(jobQueries.stages(attempt, status))
  return <StageGraph stages={props.stages} results={results ?? []} />
}

function Log({ attempt }: { attempt: Attempt }) {
  const { data: log } = useQuery(jobQueries.log(attempt.attempt, attempt.status))
  if (!log) return null
  return (
    <details open={attempt.status === 'RUNNING'}>
      <summary>Log</summary>
      <Scroll of={`Log of attempt ${attempt.number}`} className={css.log}>
        <pre>{log}</pre>
      </Scroll>
    </details>
  )
}
