import { useSuspenseQuery } from '@tanstack/react-query'
import { answer, api } from '../api/client'
import { Button } from '../ui/Button'
import { HookView } from './HookView'
import css from './JobPage.module.css'
import { type JobSummary, jobQueries, useChange } from './queries'
import { TriggerForm } from './TriggerForm'
import { inWords } from './trigger'

/** What starts a job, and when that is next. */
export function Triggers({ summary: { job, triggers } }: { summary: JobSummary }) {
  const { data: times } = useSuspenseQuery(jobQueries.times(job.job))
  const remove = useChange(job.job, (trigger: number) =>
    answer(
      api.DELETE('/api/jobs/{job}/triggers/{trigger}', {
        params: { path: { job: job.job, trigger: String(trigger) } },
      }),
    ),
  )
  return (
    <section aria-labelledby="when" className={css.part}>
      <h2 id="when">When</h2>
      {triggers.length === 0 && <p className={css.soft}>Nothing starts it but you.</p>}
      <ul className={css.list} hidden={triggers.length === 0}>
        {triggers.map((it) => (
          <li key={it.id}>
            <code>{inWords(it.trigger)}</code>
            {it.complaint ? (
              <span role="status" className={css.failed}>
                Hears nothing: {it.complaint}
              </span>
            ) : undefined}
            <Button
              look="quiet"
              aria-label={`Remove ${inWords(it.trigger)}`}
              disabled={remove.isPending}
              onClick={() => remove.mutate(it.id)}
            >
              Remove
            </Button>
            {it.trigger.kind === 'webhook' && <HookView trigger={it.id} />}
          </li>
        ))}
      </ul>
      {times.length > 0 && (
        <ol className={css.times} aria-label="Due next">
          {times.map((time) => (
            <li key={time}>
              <time dateTime={time}>{new Date(time).toLocaleString()}</time>
            </li>
          ))}
        </ol>
      )}
      <TriggerForm job={job.job} />
    </section>
  )
}
