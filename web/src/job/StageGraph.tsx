import { Link } from '@tanstack/react-router'
import { Badge } from '../ui/Badge'
import { duration } from '../ui/format'
import type { Stage, StageResult } from './queries'
import css from './StageGraph.module.css'
import { layersOf } from './stages'
import { shownStage } from './status'

const WIDTH = 176
const HEIGHT = 76
const GAP = 40

/** What waits for what: stages as boxes, from left to right, with lines along which files go. */
export function StageGraph({
  stages,
  results = [],
}: {
  stages: readonly Stage[]
  results?: readonly StageResult[]
}) {
  const places = layersOf(stages)
  const columns = Math.max(...[...places.values()].map((it) => it.column)) + 1
  const rows = Math.max(...[...places.values()].map((it) => it.row)) + 1
  const width = columns * (WIDTH + GAP) - GAP
  const height = rows * (HEIGHT + 12) - 12
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse must be able to scroll
    <section className={css.scroll} aria-label="Stages" tabIndex={0}>
      <div className={css.graph} style={{ width, height }}>
        <svg aria-hidden="true" className={css.lines} viewBox={`0 0 ${width} ${height}`}>
          {stages.flatMap((stage) =>
            stage.after.map((before) => (
              <path
                key={`${before}-${stage.number}`}
                d={line(at(places, before), at(places, stage.number))}
              />
            )),
          )}
        </svg>
        <ol>
          {stages.map((stage) => {
            const place = at(places, stage.number)
            return (
              <li key={stage.number} style={{ left: place.x, top: place.y }} className={css.stage}>
                <Box stage={stage} result={results.find((it) => it.stage === stage.number)} />
              </li>
            )
          })}
        </ol>
      </div>
    </section>
  )
}

function Box({ stage, result }: { stage: Stage; result: StageResult | undefined }) {
  const steps = stage.steps.join(', ')
  return (
    <>
      <strong>stage {stage.number}</strong>
      <span className={css.steps} title={`steps ${steps}`}>
        {stage.steps.length === 1 ? 'step' : 'steps'} {steps}
      </span>
      <span className={css.foot}>
        {result ? (
          <Badge
            tone={shownStage(result.status).tone}
            {...(result.status === 'SKIPPED' && {
              title: `nothing had changed since attempt ${result.attempt}`,
            })}
          >
            {shownStage(result.status).word}
          </Badge>
        ) : (
          duration(stage.millis)
        )}
        {result?.tries && <span className={css.steps}>try {result.tries}</span>}
        {result?.run && (
          <Link to="/runs/$run" params={{ run: result.run }}>
            cells
          </Link>
        )}
      </span>
    </>
  )
}

interface Point {
  x: number
  y: number
}

function at(places: ReturnType<typeof layersOf>, stage: number): Point {
  const place = places.get(stage) ?? { column: 0, row: 0 }
  return { x: place.column * (WIDTH + GAP), y: place.row * (HEIGHT + 12) }
}

function line(from: Point, to: Point): string {
  const [x1, y1] = [from.x + WIDTH, from.y + HEIGHT / 2]
  const [x2, y2] = [to.x, to.y + HEIGHT / 2]
  const middle = (x1 + x2) / 2
  return `M ${x1} ${y1} C ${middle} ${y1}, ${middle} ${y2}, ${x2} ${y2}`
}
