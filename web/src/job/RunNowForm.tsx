import { useNavigate } from '@tanstack/react-router'
import { answer, api } from '../api/client'
import { Button } from '../ui/Button'
import css from './JobPage.module.css'
import { type JobVersion, useChange } from './queries'

/** Runs a job now, with other values where somebody wants that; the page then follows that firing. */
export function RunNowForm({ job, version }: { job: string; version: JobVersion }) {
  const navigate = useNavigate()
  const run = useChange(job, async (parameters: Record<string, string>) => {
    const { firing } = await answer(
      api.POST('/api/jobs/{job}/firings', { params: { path: { job } }, body: { parameters } }),
    )
    await navigate({ to: '/jobs/$job', params: { job }, search: { firing }, resetScroll: false })
  })
  return (
    <details>
      <summary>Run now</summary>
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          const fields = new FormData(event.currentTarget)
          const others = version.parameters
            .map((it) => [it.name, String(fields.get(it.name) ?? '')] as const)
            .filter(
              ([name, value]) => version.parameters.find((it) => it.name === name)?.value !== value,
            )
          run.mutate(Object.fromEntries(others))
        }}
      >
        {version.parameters.map((it) => (
          <label key={it.name}>
            {it.type} {it.name}
            <input name={it.name} defaultValue={it.value} />
          </label>
        ))}
        <Button type="submit" look="main" disabled={run.isPending}>
          Run
        </Button>
        <p role="status" className={run.error ? css.failed : undefined}>
          {run.error ? run.error.message : run.isSuccess ? 'It is on its way.' : undefined}
        </p>
      </form>
    </details>
  )
}
