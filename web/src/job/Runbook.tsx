import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { jobQueries } from './queries'

const Markdown = lazy(() => import('../output/Markdown'))

/** The page for whoever looks after a version of a job next; asked for when somebody opens it. */
export function Runbook({ job, version }: { job: string; version: number }) {
  const [open, setOpen] = useState(false)
  const { data: page, error } = useQuery({ ...jobQueries.runbook(job, version), enabled: open })
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Runbook of version {version}</summary>
      {error && <p role="alert">{error.message}</p>}
      <Suspense>{page && <Markdown text={page.markdown} />}</Suspense>
    </details>
  )
}
