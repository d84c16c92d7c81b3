import css from './LineChart.module.css'
import { type Lead, PointLinks } from './PointLinks'
import { number, outline, type Point, type Series } from './series'

const WIDTH = 220
const HEIGHT = 56

/**
 * One number over time, small enough to stand among others.
 *
 * @param beside the same number of another run, drawn dashed at the same scale; told by its name
 *     if that is another
 * @param from the x at the left edge, as {@code to} at the right; what fits if they are left out
 * @param lead where the point at an x leads; nowhere if it is left out
 */
export function LineChart({
  series,
  beside,
  from,
  to,
  lead,
}: {
  series: Series
  beside?: Series | undefined
  from?: number
  to?: number
  lead?: (x: number) => Lead
}) {
  const { name, points, show = number } = series
  const drawn = points.filter(canBeDrawn)
  const dashed = beside?.points.filter(canBeDrawn) ?? []
  const all = [...drawn, ...dashed]
  const among = [...all, ...edges(all, from, to)]
  const last = points.at(-1)
  if (!last) return null
  const ys = all.map((it) => it.y)
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const other = beside?.points.at(-1)
  const isStandard = beside !== undefined && beside.name !== name
  const joint = isStandard ? `, ${beside.name}` : ' and'
  const told = other ? `${show(last.y)}${joint} ${show(other.y)}` : show(last.y)
  const said = `${name}: ${told}`
  const count = isStandard ? drawn.length : all.length
  const values = `${count} ${count === 1 ? 'value' : 'values'}`
  return (
    <figure className={css.chart}>
      <figcaption>
        <span className={css.name} title={name}>
          {name}
        </span>
        <span className={css.last}>{told}</span>
      </figcaption>
      {(all.length > 1 || (lead && all.length > 0)) && (
        <>
          <div className={css.picture}>
            <svg
              viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
              preserveAspectRatio="none"
              role="img"
              aria-label={`${said}, ${values} between ${show(low)} and ${show(high)}`}
            >
              <polyline
                points={outline(drawn, WIDTH, HEIGHT, among)}
                vectorEffect="non-scaling-stroke"
              />
              {dashed.length > 0 && (
                <polyline
                  points={outline(dashed, WIDTH, HEIGHT, among)}
                  strokeDasharray="4 3"
                  vectorEffect="non-scaling-stroke"
                />
              )}
            </svg>
            {lead && <PointLinks series={{ ...series, points: drawn }} among={among} lead={lead} />}
          </div>
          <p className={css.range} aria-hidden="true">
            <span>
              {show(low)} to {show(high)}
            </span>
            <span>{values}</span>
          </p>
        </>
      )}
    </figure>
  )
}

/** What makes the picture as wide as it is to be, and no higher. */
function edges([first]: readonly Point[], ...xs: readonly (number | undefined)[]): Point[] {
  return first ? xs.flatMap((x) => (x === undefined ? [] : [{ x, y: first.y }])) : []
}

function canBeDrawn({ y }: Point): boolean {
  return Number.isFinite(y)
}
