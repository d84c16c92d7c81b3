import css from './Charts.module.css'
import { LineChart } from './LineChart'
import type { Step } from './queries'
import { loadSeries, metricSeries } from './series'

/** The numbers that a run's notebook logged. */
export function MetricCharts({ steps }: { steps: readonly Step[] }) {
  const series = metricSeries(steps)
  if (series.length === 0) return null
  return (
    <section className={css.charts} aria-label="Metrics">
      {series.map((it) => (
        <LineChart key={it.name} series={it} />
      ))}
    </section>
  )
}

/** How busy the machine was while a step took long. */
export function LoadCharts({ step }: { step: Step }) {
  const series = loadSeries(step)
  if (series.length === 0) return null
  return (
    <details className={css.load}>
      <summary>Load</summary>
      <section className={css.charts} aria-label={`Load of step ${step.step}`}>
        {series.map((it) => (
          <LineChart key={it.name} series={it} />
        ))}
      </section>
    </details>
  )
}
