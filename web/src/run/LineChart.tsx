import css from './LineChart.module.css'
import { number, outline, type Point, type Series } from './series'

const WIDTH = 220
const HEIGHT = 56

/**
 * One number over time, small enough to stand among others.
 *
 * @param beside the same number of another run, drawn dashed at the same scale
 */
export function LineChart({ series, beside }: { series: Series; beside?: Series }) {
  const { name, points, show = number } = series
  const drawn = points.filter(canBeDrawn)
  const dashed = beside?.points.filter(canBeDrawn) ?? []
  const all = [...drawn, ...dashed]
  const last = points.at(-1)
  if (!last) return null
  const ys = all.map((it) => it.y)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const other = beside?.points.at(-1)
  const told = other ? `${show(last.y)} and ${show(other.y)}` : show(last.y)
  const said = `${name}: ${told}`
  return (
    <figure className={css.chart}>
      <figcaption>
        <span className={css.name} title={name}>
          {name}
        </span>
        <span className={css.last}>{told}</span>
      </figcaption>
      {all.length > 1 && (
        <>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${said}, ${all.length} values between ${show(low)} and ${show(high)}`}
          >
            <polyline
              points={outline(drawn, WIDTH, HEIGHT, all)}
              vectorEffect="non-scaling-stroke"
            />
            {dashed.length > 0 && (
              <polyline
                points={outline(dashed, WIDTH, HEIGHT, all)}
                strokeDasharray="4 3"
                vectorEffect="non-scaling-stroke"
              />
            )}
          </svg>
          <p className={css.range} aria-hidden="true">
            <span>
              {show(low)} to {show(high)}
            </span>
            <span>{all.length} values</span>
          </p>
        </>
      )}
    </figure>
  )
}

function canBeDrawn({ y }: Point): boolean {
  return Number.isFinite(y)
}
