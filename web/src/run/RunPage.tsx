import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Cell } from './Cell'
import { MetricCharts } from './Charts'
import { EnvironmentPanel } from './EnvironmentPanel'
import { runQueries } from './queries'
import { RunHead } from './RunHead'
import css from './RunPage.module.css'
import { StepNav } from './StepNav'

const route = getRouteApi('/runs/$run')

/** One run: where it comes from, and its cells in the order in which they ran. */
export function RunPage() {
  const { data: run } = useSuspenseQuery(runQueries.whole(route.useParams().run))
  const longest = Math.max(1, ...run.history.map((step) => step.tookNanos ?? 0))
  return (
    <article>
      <title>{`${run.name ?? run.experiment} ${run.run} · Reprise`}</title>
      <RunHead run={run} />
      {run.notes.length > 0 && (
        <ul className={css.notes} aria-label="Notes on the recording">
          {run.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className={css.columns}>
        <StepNav steps={run.history} longest={longest} />
        <div className={css.cells}>
          <MetricCharts steps={run.history} />
          {run.history.length === 0 && <p className={css.waiting}>No cell has run yet.</p>}
          {run.history.map((step, index) => {
            const opens = step.run !== run.history[index - 1]?.run
            return (
              <Cell
                key={step.step}
                step={step}
                share={(step.tookNanos ?? 0) / longest}
                from={opens && (index > 0 || step.run !== run.run) ? step.run : undefined}
                inherited={step.run !== run.run}
              />
            )
          })}
          <EnvironmentPanel run={run} />
        </div>
      </div>
    </article>
  )
}
