import { useQuery } from '@tanstack/react-query'
import { answer, api, type Schemas } from '../api/client'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { Moment } from '../ui/Moment'
import { describe, PLAIN_RULES, ruleIn } from './alerts'
import css from './JobPage.module.css'
import { type JobSummary, jobQueries, useChange } from './queries'

type JobAlerts = Schemas['JobAlerts']

/** Who answers for a job, who is told of it and upon what, and what was told. */
export function AlertsForm({ summary: { job } }: { summary: JobSummary }) {
  const path = { job: job.job }
  const { data: alerts } = useQuery(jobQueries.alerts(job.job))
  const { data: told } = useQuery(jobQueries.told(job.job))
  const save = useChange(job.job, async (fields: FormData) => {
    const owner = String(fields.get('owner') ?? '').trim()
    const body = alertsIn(fields) // throws what is wrong with a rule, in a sentence
    await answer(
      api.PUT('/api/jobs/{job}/owner', { params: { path }, body: { owner: owner || null } }),
    )
    await answer(api.PUT('/api/jobs/{job}/alerts', { params: { path }, body }))
  })
  if (!alerts) return null
  return (
    <details>
      <summary>Who is told</summary>
      <form
        key={JSON.stringify([alerts, job.owner])}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(new FormData(event.currentTarget))
        }}
      >
        <label>
          Answers for it
          <input name="owner" defaultValue={job.owner} />
        </label>
        <label>
          Is told, separated by commas
          <input
            name="to"
            size={40}
            placeholder="mail:ada@example.org, slack:TEAM_HOOK"
            defaultValue={alerts.to.join(', ')}
          />
        </label>
        <label>
          Upon
          <input
            name="rules"
            size={40}
            placeholder="failed, recovered, late=600"
            list="rules"
            defaultValue={alerts.rules.map(describe).join(', ')}
          />
        </label>
        <datalist id="rules">
          {PLAIN_RULES.map((it) => (
            <option key={it} value={it} />
          ))}
        </datalist>
        <label className={css.tick}>
          <input type="checkbox" name="none" defaultChecked={alerts.none} />
          Nobody is to be told
        </label>
        <Button type="submit" disabled={save.isPending}>
          Save
        </Button>
        <p role="status" className={save.error ? css.failed : undefined}>
          {save.error ? save.error.message : save.isSuccess ? 'Saved.' : undefined}
        </p>
      </form>
      <ul className={css.list} aria-label="What was told">
        {told?.map((it) => (
          <li key={it.id}>
            <Moment at={it.createdAt} />
            <strong>{it.subject}</strong>
            <code>{it.channel}</code>
            {!it.sentAt && (
              <Badge tone="warn" {...(it.problem && { title: it.problem })}>
                {it.problem ? 'not arrived yet' : 'on its way'}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

function alertsIn(fields: FormData): JobAlerts {
  const words = (name: string) =>
    String(fields.get(name) ?? '')
      .split(',')
      .map((it) => it.trim())
      .filter(Boolean)
  return { to: words('to'), rules: words('rules').map(ruleIn), none: fields.has('none') }
}
