import type { Series } from '../run/series'
import { duration } from '../ui/format'
import type { JobMetrics } from './queries'

/** A number of a job's firings, each at its place among them, and the golden runs' beside it. */
export interface Measure {
  series: Series
  golden?: Series
}

/** Each metric of the firings, and how long they took. */
export function measures({ firings, golden }: JobMetrics): Measure[] {
  const standards = new Map(golden.map((it) => [it.version, it.metrics]))
  const names = new Set(firings.flatMap((it) => Object.keys(it.metrics)))
  const metrics = [...names].map((name): Measure => {
    const points = firings.flatMap(
      ({ metrics: { [name]: y } }, x) => (y === undefined ? [] : [{ x, y: Number(y) }]), // NaN and the infinities are texts in JSON
    )
    // From half way before a firing to half way after it: a step where another version began.
    const steps = firings.flatMap(({ version }, x) => {
      const y = standards.get(version)?.[name]
      return y === undefined
        ? []
        : [
            { x: x - 0.5, y: Number(y) },
            { x: x + 0.5, y: Number(y) },
          ]
    })
    const series = { name, points }
    return steps.length > 0 ? { series, golden: { name: 'golden run', points: steps } } : { series }
  })
  const took = firings.flatMap(({ millis: y }, x) => (y === undefined ? [] : [{ x, y }]))
  return took.length > 0
    ? [...metrics, { series: { name: 'duration', points: took, show: duration } }]
    : metrics
}
