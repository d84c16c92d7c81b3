import { answer, api } from '../api/client'
import { Button } from '../ui/Button'
import css from './JobPage.module.css'
import { type JobPolicy, type JobSummary, useChange } from './queries'

/** How a job's firings are carried out. */
export function PolicyForm({ summary: { job } }: { summary: JobSummary }) {
  const save = useChange(job.job, (body: JobPolicy) =>
    answer(api.PUT('/api/jobs/{job}/policy', { params: { path: { job: job.job } }, body })),
  )
  const { policy } = job
  return (
    <details>
      <summary>How it is carried out</summary>
      <form
        key={JSON.stringify(policy)}
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(policyIn(event.currentTarget, policy))
        }}
      >
        <Amount name="atOnce" value={policy.atOnce} least={1}>
          at once
        </Amount>
        <Choice name="overlap" value={policy.overlap} of={['QUEUE', 'SKIP', 'CANCEL_OLD']}>
          when as many are at work
        </Choice>
        <Choice name="catchUp" value={policy.catchUp} of={['NONE', 'LATEST', 'ALL']}>
          after a gap
        </Choice>
        <Choice name="whilePaused" value={policy.whilePaused} of={['DROP', 'KEEP']}>
          what comes in a pause
        </Choice>
        <Amount name="attempts" value={policy.attempts} least={1}>
          attempts
        </Amount>
        <Amount name="backOffSeconds" value={policy.backOffSeconds} least={0}>
          seconds before the second
        </Amount>
        <Amount name="stageAttempts" value={policy.stageAttempts ?? 1} least={1}>
          attempts of a stage alone
        </Amount>
        <label>
          seconds until it is stopped
          <input
            type="number"
            name="timeoutSeconds"
            min={1}
            placeholder="never"
            defaultValue={policy.timeoutSeconds}
          />
        </label>
        <label>
          memory
          <input name="memory" placeholder="as the run" defaultValue={policy.memory} size={10} />
        </label>
        <Button type="submit" disabled={save.isPending}>
          Save
        </Button>
        <p role="status" className={save.error ? css.failed : undefined}>
          {save.error ? save.error.message : save.isSuccess ? 'Saved.' : undefined}
        </p>
      </form>
    </details>
  )
}

function Amount({
  name,
  value,
  least,
  children,
}: {
  name: keyof JobPolicy
  value: number
  least: number
  children: string
}) {
  return (
    <label>
      {children}
      <input type="number" name={name} min={least} required defaultValue={value} />
    </label>
  )
}

function Choice({
  name,
  value,
  of,
  children,
}: {
  name: keyof JobPolicy
  value: string
  of: readonly string[]
  children: string
}) {
  return (
    <label>
      {children}
      <select name={name} defaultValue={value}>
        {of.map((it) => (
          <option key={it} value={it}>
            {it.toLowerCase().replace('_', ' ')}
          </option>
        ))}
      </select>
    </label>
  )
}

function policyIn(form: HTMLFormElement, before: JobPolicy): JobPolicy {
  const fields = new FormData(form)
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  return {
    atOnce: Number(text('atOnce')),
    overlap: text('overlap') as JobPolicy['overlap'],
    catchUp: text('catchUp') as JobPolicy['catchUp'],
    catchUpMost: before.catchUpMost,
    whilePaused: text('whilePaused') as JobPolicy['whilePaused'],
    attempts: Number(text('attempts')),
    backOffSeconds: Number(text('backOffSeconds')),
    ...(Number(text('stageAttempts')) > 1 && { stageAttempts: Number(text('stageAttempts')) }),
    ...(text('timeoutSeconds') && { timeoutSeconds: Number(text('timeoutSeconds')) }),
    ...(text('memory') && { memory: text('memory') }),
    ...(before.placement && { placement: before.placement }),
  }
}
