import { size } from '../ui/format'
import type { Step } from './queries'

export interface Point {
  x: number
  y: number
}

/** Numbers in the order in which they came. */
export interface Series {
  name: string
  points: Point[]
  /** How one of them is told; {@link number} if nothing says. */
  show?: (value: number) => string
}

/** A number with as many digits as anybody compares. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value)
  return String(Number(value.toPrecision(4)))
}

/** What the steps logged, each name's numbers together, wherever they were logged. */
export function metricSeries(steps: readonly Step[]): Series[] {
  const byName = new Map<string, Point[]>()
  for (const metric of steps.flatMap((step) => step.metrics)) {
    const points = byName.get(metric.name) ?? []
    // NaN and the infinities are texts in JSON.
    points.push({ x: metric.index, y: Number(metric.value) })
    byName.set(metric.name, points)
  }
  return [...byName].map(([name, points]) => ({ name, points: inOrder(points) }))
}

/** A loop that ran twice counts twice from 0: then the order says more than the index. */
function inOrder(points: Point[]): Point[] {
  const rising = points.every((it, at) => at === 0 || it.x > (points[at - 1]?.x ?? 0))
  return rising ? points : points.map(({ y }, at) => ({ x: at, y }))
}

/** How busy the machine was during a step; nothing that was zero all the time. */
export function loadSeries({ load }: Step): Series[] {
  const began = Date.parse(load[0]?.at ?? '')
  const of = (
    name: string,
    value: (it: Step['load'][number]) => number | undefined,
    show?: (value: number) => string,
  ): Series => ({
    name,
    points: load.flatMap((it) => {
      const y = value(it)
      return y === undefined ? [] : [{ x: Date.parse(it.at) - began, y }]
    }),
    ...(show && { show }),
  })
  return [
    of('processors busy', (it) => it.cpu),
    of('heap', (it) => it.heapBytes, size),
    of(
      'garbage collection',
      (it) => it.gcMillis,
      (ms) => `${ms} ms`,
    ),
    of('threads', (it) => it.threads),
    of('read from disk', (it) => it.readBytes, size),
    of('written to disk', (it) => it.writtenBytes, size),
    of(
      'GPU',
      (it) => it.gpu,
      (share) => `${Math.round(share * 100)} %`,
    ),
    of('GPU memory', (it) => it.gpuBytes, size),
  ].filter((it) => it.points.some(({ y }) => y > 0))
}

/** Where the points stand in a picture of that size, the largest of {@code among} on top. */
export function placed(
  points: readonly Point[],
  width: number,
  height: number,
  among: readonly Point[] = points,
): Point[] {
  const xs = among.map((it) => it.x)
  const ys = among.map((it) => it.y)
  const x = scale(Math.min(...xs), Math.max(...xs), width)
  const y = scale(Math.min(...ys), Math.max(...ys), height - 4)
  return points.map((it) => ({ x: x(it.x), y: height - 2 - y(it.y) }))
}

/** The same as SVG wants a line. */
export function outline(
  points: readonly Point[],
  width: number,
  height: number,
  among: readonly Point[] = points,
): string {
  return placed(points, width, height, among)
    .map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`)
    .join(' ')
}

/** What never changes is drawn in the middle. */
function scale(low: number, high: number, length: number): (value: number) => number {
  return (value) => (high === low ? length / 2 : ((value - low) / (high - low)) * length)
}
