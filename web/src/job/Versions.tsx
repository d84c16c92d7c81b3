import { Link } from '@tanstack/react-router'
import { answer, api } from '../api/client'
import { VerdictBadge } from '../reproduction/VerdictBadge'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Moment } from '../ui/Moment'
import css from './JobPage.module.css'
import { type JobSummary, type JobVersion, useChange } from './queries'
import { Runbook } from './Runbook'

/** A job's versions, newest first, with what each changed. */
export function Versions({
  summary: { job },
  versions,
}: {
  summary: JobSummary
  versions: readonly JobVersion[]
}) {
  const choose = useChange(job.job, (version: number) =>
    answer(
      api.PUT('/api/jobs/{job}/version', { params: { path: { job: job.job } }, body: { version } }),
    ),
  )
  return (
    <section aria-labelledby="versions" className={css.part}>
      <h2 id="versions">Versions</h2>
      <ol className={css.list}>
        {versions.map((it, index) => {
          const before = versions[index + 1]
          return (
            <li key={it.version}>
              <strong>version {it.version}</strong>
              <Link to="/runs/$run" params={{ run: it.run }}>
                <code>{it.run}</code>
              </Link>
              {it.unverified ? (
                <Badge tone="warn" title={it.unverified}>
                  not verified
                </Badge>
              ) : (
                it.verdict && <VerdictBadge verdict={it.verdict} />
              )}
              <Moment at={it.promotedAt} />
              {before && (
                <Link to="/compare" search={{ a: before.run, b: it.run }}>
                  compare with version {before.version}
                </Link>
              )}
              {it.version === job.version ? (
                <Badge tone="good">counts</Badge>
              ) : (
                <Button disabled={choose.isPending} onClick={() => choose.mutate(it.version)}>
                  Go to version {it.version}
                </Button>
              )}
              {it.changes.length > 0 && (
                <ul className={css.changes}>
                  {it.changes.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              )}
              <ul className={css.changes}>
                {Object.entries(it.altered).map(([name, value]) => (
                  <li key={name}>
                    sets <code>{`${name}=${value}`}</code>
                  </li>
                ))}
                {it.inputs.map((input) => (
                  <li key={input.path}>
                    {input.live ? 'live' : 'frozen'} <code>{input.path}</code>
                  </li>
                ))}
              </ul>
              <Runbook job={job.job} version={it.version} />
            </li>
          )
        })}
      </ol>
    </section>
  )
}
