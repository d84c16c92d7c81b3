import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { answer, api } from '../api/client'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { AlertsForm } from './AlertsForm'
import { BackfillForm } from './BackfillForm'
import { FiringGrid } from './FiringGrid'
import { FiringView } from './FiringView'
import { JobCharts } from './JobCharts'
import css from './JobPage.module.css'
import { PolicyForm } from './PolicyForm'
import { type JobSummary, jobQueries, useChange } from './queries'
import { RunNowForm } from './RunNowForm'
import { Triggers } from './Triggers'
import { Versions } from './Versions'

const route = getRouteApi('/jobs/$job')

/** A job with all that is known of it, and all that can be done with it. */
export function JobPage() {
  const { job } = route.useParams()
  const search = route.useSearch()
  const { data: summary } = useSuspenseQuery(jobQueries.summary(job))
  const { data: firings } = useSuspenseQuery(jobQueries.firings(job))
  const { data: versions } = useSuspenseQuery(jobQueries.versions(job))
  const chosen = firings.find((it) => it.firing === search.firing) ?? firings[0]
  const current = versions.find((it) => it.version === summary.job.version)
  return (
    <>
      <title>{`${job} · Reprise`}</title>
      <Head summary={summary} />
      <div className={css.actions}>
        {current && <RunNowForm job={job} version={current} />}
        <BackfillForm job={job} />
        <PolicyForm summary={summary} />
        <AlertsForm summary={summary} />
      </div>
      <section aria-labelledby="history" className={css.part}>
        <h2 id="history">History</h2>
        {chosen ? (
          <>
            <FiringGrid job={job} firings={firings} chosen={chosen.firing} />
            <FiringView firing={chosen} />
          </>
        ) : (
          <p className={css.soft}>It never ran.</p>
        )}
      </section>
      <JobCharts job={job} chosen={chosen?.firing} />
      <Triggers summary={summary} />
      <Versions summary={summary} versions={versions} />
    </>
  )
}

function Head({ summary: { job } }: { summary: JobSummary }) {
  const path = { job: job.job }
  const pause = useChange(job.job, (paused: boolean) =>
    answer(
      paused
        ? api.PUT('/api/jobs/{job}/pause', { params: { path } })
        : api.DELETE('/api/jobs/{job}/pause', { params: { path } }),
    ),
  )
  return (
    <header className={css.head}>
      <h1>{job.job}</h1>
      <Badge tone={job.paused ? 'warn' : 'good'}>{job.paused ? 'paused' : 'on'}</Badge>
      <span className={css.soft}>
        version {job.version} · {job.owner ?? 'nobody answers for it'}
      </span>
      <span className={css.gap} />
      <Button disabled={pause.isPending} onClick={() => pause.mutate(!job.paused)}>
        {job.paused ? 'Resume' : 'Pause'}
      </Button>
    </header>
  )
}
