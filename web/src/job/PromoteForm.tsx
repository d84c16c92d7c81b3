import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { answer, api } from '../api/client'
import { unquoted } from '../run/columns'
import type { Run } from '../run/queries'
import { Button } from '../ui/Button'
import css from './PromoteForm.module.css'
import { stagesQuery } from './queries'
import { StageGraph } from './StageGraph'

/** Makes a run a job: the dialog asks what only a person can know. */
export function PromoteForm({ run, proved }: { run: Run; proved: boolean }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [problem, setProblem] = useState<string>()
  const client = useQueryClient()
  const navigate = useNavigate()

  async function promote(form: HTMLFormElement) {
    const fields = new FormData(form)
    const job = String(fields.get('name'))
    const unverified = String(fields.get('unverified') ?? '').trim()
    try {
      await answer(
        api.POST('/api/jobs/{job}/versions', {
          params: { path: { job } },
          body: {
            run: run.run,
            parameters: parametersIn(fields),
            live: fields.getAll('live').map(String),
            freshChance: fields.has('freshChance'),
            online: fields.has('online'),
            dag: fields.has('dag'),
            ...(unverified && { unverified }),
          },
        }),
      )
      await client.invalidateQueries({ queryKey: ['jobs'] })
      await client.invalidateQueries({ queryKey: ['job', job] })
      await navigate({ to: '/jobs/$job', params: { job }, search: {} })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }

  return (
    <>
      <Button onClick={() => dialog.current?.showModal()}>Promote …</Button>
      <dialog ref={dialog} className={css.dialog} aria-labelledby="promote">
        <form
          className={css.form}
          onSubmit={(event) => {
            event.preventDefault()
            void promote(event.currentTarget)
          }}
        >
          <h2 id="promote">Promote to a job</h2>
          <label className={css.field}>
            Name of the job; of one that there is it becomes the next version
            <input
              name="name"
              required
              pattern="[a-z0-9][a-z0-9_\-]{0,62}"
              title="small letters, digits, '_' and '-'"
              defaultValue={jobName(run.experiment)}
            />
          </label>
          {!proved && (
            <label className={css.field}>
              This run has not reproduced. Why may it become a job all the same?
              <input name="unverified" required />
            </label>
          )}
          <Parameters run={run} />
          <Inputs run={run} />
          <label className={css.tick}>
            <input type="checkbox" name="freshChance" />
            New random numbers and the real clock each time
          </label>
          <label className={css.tick}>
            <input type="checkbox" name="online" />
            Ask the network each time
          </label>
          <Stages run={run.run} />
          <p role="status" className={css.problem}>
            {problem}
          </p>
          <div className={css.buttons}>
            <Button onClick={() => dialog.current?.close()}>Cancel</Button>
            <Button type="submit" look="main">
              Promote
            </Button>
          </div>
        </form>
      </dialog>
    </>
  )
}

const PARAMETER = 'parameter '

function Parameters({ run }: { run: Run }) {
  const parameters = parametersOf(run)
  if (parameters.length === 0) return null
  return (
    <fieldset className={css.inputs}>
      <legend>
        Other values than the run's; <code>{'{due}'}</code> is the day that a firing stands for
      </legend>
      {parameters.map((it) => (
        <label key={it.name} className={css.parameter}>
          <code>
            {it.type} {it.name}
          </code>
          <input name={PARAMETER + it.name} placeholder={unquoted(it.value)} />
        </label>
      ))}
    </fieldset>
  )
}

/** Those that were filled in. */
function parametersIn(fields: FormData): Record<string, string> {
  return Object.fromEntries(
    [...fields].flatMap(([name, value]) =>
      name.startsWith(PARAMETER) && value !== ''
        ? [[name.slice(PARAMETER.length), String(value)]]
        : [],
    ),
  )
}

/** Each as it was set last; what was not recorded cannot be another. */
export function parametersOf(run: Pick<Run, 'history'>) {
  const all = run.history.flatMap((step) => step.parameters).filter((it) => !it.masked)
  return [...new Map(all.map((it) => [it.name, it])).values()]
}

/** Worth a question only where something could go on side by side. */
function Stages({ run }: { run: string }) {
  const { data: stages = [] } = useQuery(stagesQuery(run))
  if (stages.length < 2) return null
  return (
    <>
      <label className={css.tick}>
        <input type="checkbox" name="dag" />
        Execute these {stages.length} stages each in a JVM of its own, side by side, and only what
        has changed
      </label>
      <StageGraph stages={stages} />
    </>
  )
}

function Inputs({ run }: { run: Run }) {
  const inputs = inputsOf(run)
  if (inputs.length === 0) return null
  return (
    <fieldset className={css.inputs}>
      <legend>Read these as they lie there when the job runs, not as recorded</legend>
      {inputs.map((path) => (
        <label key={path} className={css.tick}>
          <input type="checkbox" name="live" value={path} />
          <code>{path}</code>
        </label>
      ))}
    </fieldset>
  )
}

/** What the run read and had not written before itself. */
export function inputsOf(run: Pick<Run, 'history'>): string[] {
  const written = new Set<string>()
  const inputs = new Set<string>()
  for (const step of run.history) {
    for (const data of step.data) {
      if (data.direction === 'WRITTEN') written.add(data.path)
      else if (data.direction === 'READ' || data.direction === 'LISTED') {
        if (!written.has(data.path)) inputs.add(data.path)
      }
    }
  }
  return [...inputs]
}

function jobName(experiment: string): string {
  return experiment
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 63)
}
