import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Badge } from '../ui/Badge'
import { plural } from '../ui/format'
import { Moment } from '../ui/Moment'
import { Scroll } from '../ui/Scroll'
import { FiringGrid } from './FiringGrid'
import css from './JobsPage.module.css'
import { type JobSummary, jobsQuery } from './queries'
import { StateBadge } from './StateBadge'

/** All jobs, by name, as things happen to them. */
export function JobsPage() {
  const { data: jobs } = useSuspenseQuery(jobsQuery)
  return (
    <>
      <title>Jobs · Reprise</title>
      <div className={css.heading}>
        <h1>Jobs</h1>
        <p role="status">{plural(jobs.length, 'job')}</p>
      </div>
      {jobs.length === 0 ? (
        <p className={css.nothing}>
          No jobs yet. Open a run that reproduced and press <strong>Promote</strong>, or write{' '}
          <code>reprise promote RUN --name JOB</code>.
        </p>
      ) : (
        <Scroll of="Table of jobs" className={css.scroll}>
          <table className={css.jobs}>
            <thead>
              <tr>
                <th scope="col">Job</th>
                <th scope="col">State</th>
                <th scope="col">Last</th>
                <th scope="col">Next</th>
                <th scope="col" className={css.wide}>
                  History
                </th>
              </tr>
            </thead>
            <tbody>
              {jobs.map((job) => (
                <Row key={job.job.job} summary={job} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </>
  )
}

/** What has a job begin that is due at no time. */
function howElse({ paused }: JobSummary['job']): string {
  return paused ? 'when it is resumed' : 'when something comes'
}

function Row({ summary: { job, triggers, next, recent } }: { summary: JobSummary }) {
  const last = recent[0]
  return (
    <tr>
      <th scope="row">
        <Link to="/jobs/$job" params={{ job: job.job }} className={css.open}>
          {job.job}
        </Link>
        <span className={css.below}>
          version {job.version}
          {job.owner && <> · {job.owner}</>}
        </span>
      </th>
      <td>
        <Badge tone={job.paused ? 'warn' : 'good'}>{job.paused ? 'paused' : 'on'}</Badge>
      </td>
      <td>
        {last ? (
          <>
            <StateBadge status={last.status} />
            <span className={css.below}>
              <Moment at={last.due ?? last.createdAt} />
            </span>
          </>
        ) : (
          <span className={css.soft}>never</span>
        )}
      </td>
      <td>
        {next ? (
          <Moment at={next} />
        ) : (
          <span className={css.soft}>{triggers.length > 0 ? howElse(job) : 'by hand'}</span>
        )}
      </td>
      <td className={css.wide}>
        <FiringGrid job={job.job} firings={recent} />
      </td>
    </tr>
  )
}
