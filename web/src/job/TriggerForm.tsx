import { type ReactNode, useState } from 'react'
import { answer, api } from '../api/client'
import { Button } from '../ui/Button'
import css from './JobPage.module.css'
import { type Trigger, useChange } from './queries'
import { triggerIn } from './trigger'

type Kind = Trigger['kind']

const KINDS: Record<Kind, string> = {
  cron: 'a calendar',
  every: 'equal distances',
  once: 'one time',
  directory: 'files that come',
  after: 'another job',
  webhook: 'signed messages',
  redis: 'a stream of Redis',
  kafka: 'a topic of Kafka',
}

/** Has something more start a job. */
export function TriggerForm({ job }: { job: string }) {
  const [kind, choose] = useState<Kind>('cron')
  const set = useChange(job, async (fields: FormData) => {
    const body = triggerIn(fields) // throws what cannot be read, in a sentence
    return answer(api.POST('/api/jobs/{job}/triggers', { params: { path: { job } }, body }))
  })
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate(new FormData(event.currentTarget))
      }}
    >
      <label>
        Started by
        <select
          name="kind"
          value={kind}
          onChange={(event) => {
            choose(event.target.value as Kind)
            set.reset()
          }}
        >
          {Object.entries(KINDS).map(([it, words]) => (
            <option key={it} value={it}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {FIELDS[kind]}
      <Button type="submit" disabled={set.isPending}>
        Add
      </Button>
      <p role="status" className={set.error ? css.failed : undefined}>
        {set.error ? set.error.message : undefined}
      </p>
    </form>
  )
}

function Text(props: {
  name: string
  label: string
  hint?: string
  value?: string
  optional?: boolean
}) {
  return (
    <label>
      {props.label}
      <input
        name={props.name}
        required={!props.optional}
        placeholder={props.hint}
        defaultValue={props.value}
      />
    </label>
  )
}

const PARAMETER = <Text name="parameter" label="Tell the parameter" hint="none" optional />

const FIELDS: Record<Kind, ReactNode> = {
  cron: (
    <>
      <Text name="expression" label="Cron" hint="30 6 * * MON-FRI" />
      <Text
        name="zone"
        label="Time zone"
        value={Intl.DateTimeFormat().resolvedOptions().timeZone}
      />
      <Text name="except" label="Except" hint="2026-12-24, SUN" optional />
    </>
  ),
  every: <Text name="every" label="Every" hint="15 min" />,
  once: (
    <label>
      At
      <input type="datetime-local" name="at" required />
    </label>
  ),
  directory: (
    <>
      <Text name="path" label="Folder of the server" hint="/data/incoming" />
      <Text name="pattern" label="Files" value="*" />
      {PARAMETER}
    </>
  ),
  after: (
    <>
      <Text name="job" label="Job" />
      <label>
        That
        <select name="end">
          <option value="SUCCESS">succeeded</option>
          <option value="FAILURE">failed</option>
          <option value="ANY">ended</option>
        </select>
      </label>
      <Text name="parameter" label="Its files to the parameter" hint="none" optional />
    </>
  ),
  webhook: null,
  redis: (
    <>
      <Text name="url" label="Address, or its variable" hint="redis://127.0.0.1:6379" />
      <Text name="stream" label="Stream" />
      {PARAMETER}
    </>
  ),
  kafka: (
    <>
      <Text name="servers" label="Servers, or their variable" hint="127.0.0.1:9092" />
      <Text name="topic" label="Topic" />
      {PARAMETER}
    </>
  ),
}
