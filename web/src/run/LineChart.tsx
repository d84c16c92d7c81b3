import css from './LineChart.module.css'
import { number, outline, type Series } from './series'

const WIDTH = 220
const HEIGHT = 56

/** One number over time, small enough to stand among others. */
export function LineChart({ series }: { series: Series }) {
  const { name, points, show = number } = series
  const drawn = points.filter((it) => Number.isFinite(it.y))
  const last = points.at(-1)
  if (!last) return null
  const ys = drawn.map((it) => it.y)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const said = `${name}: ${show(last.y)}`
  return (
    <figure className={css.chart}>
      <figcaption>
        <span className={css.name} title={name}>
          {name}
        </span>
        <span className={css.last}>{show(last.y)}</span>
      </figcaption>
      {drawn.length > 1 && (
        <>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={`${said}, ${drawn.length} values between ${show(low)} and ${show(high)}`}
          >
            <polyline points={outline(drawn, WIDTH, HEIGHT)} vectorEffect="non-scaling-stroke" />
          </svg>
          <p className={css.range} aria-hidden="true">
            <span>
              {show(low)} to {show(high)}
            </span>
            <span>{drawn.length} values</span>
          </p>
        </>
      )}
    </figure>
  )
}
