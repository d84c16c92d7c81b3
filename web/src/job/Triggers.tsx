import { useSuspenseQuery } from '@tanstack/react-query'
import { answer, api } from '../api/client'
import { Button } from '../ui/Button'
import css from './JobPage.module.css'
import { type JobSummary, jobQueries, type Trigger, useChange } from './queries'
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
      <ul className={css.list}>
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
          </li>
        ))}
      </ul>
      {times.length > 0 ? (
        <ol className={css.times} aria-label="Due next">
          {times.map((time) => (
            <li key={time}>
              <time dateTime={time}>{new Date(time).toLocaleString()}</time>
            </li>
          ))}
        </ol>
      ) : (
        <p className={css.soft}>Nothing starts it but you.</p>
      )}
      <ScheduleForm job={job.job} />
    </section>
  )
}

function ScheduleForm({ job }: { job: string }) {
  const set = useChange(job, (body: Trigger) =>
    answer(api.POST('/api/jobs/{job}/triggers', { params: { path: { job } }, body })),
  )
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        const fields = new FormData(event.currentTarget)
        const except = String(fields.get('except') ?? '')
        set.mutate({
          kind: 'cron',
          expression: String(fields.get('expression')),
          zone: String(fields.get('zone')),
          except: except
            .split(',')
            .map((it) => it.trim())
            .filter(Boolean),
        })
      }}
    >
      <label>
        Cron
        <input name="expression" required placeholder="30 6 * * MON-FRI" />
      </label>
      <label>
        Time zone
        <input
          name="zone"
          required
          defaultValue={Intl.DateTimeFormat().resolvedOptions().timeZone}
        />
      </label>
      <label>
        Except
        <input name="except" placeholder="2026-12-24, SUN" />
      </label>
      <Button type="submit" disabled={set.isPending}>
        Add
      </Button>
      <p role="status" className={set.error ? css.failed : undefined}>
        {set.error ? set.error.message : undefined}
      </p>
    </form>
  )
}
