import { Link, type LinkProps } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import css from './PointLinks.module.css'
import { number, type Point, placed, type Series } from './series'

/** Where a point leads. */
export interface Lead {
  link: LinkProps
  /** What it leads to, as a person would call it. */
  name: string
  /** Whether that is shown already. */
  chosen: boolean
}

/**
 * The points of a chart as links that lie over it. They are one stop of the tab key, and the arrows
 * go from one to the next: a hundred stops for each chart would be in everybody's way.
 */
export function PointLinks({
  series: { name, points, show = number },
  among,
  lead,
}: {
  series: Series
  among: readonly Point[]
  lead: (x: number) => Lead
}) {
  const places = placed(points, 1, PICTURE, among)
  const leads = points.map((it) => lead(it.x))
  const chosen = leads.findIndex((it) => it.chosen)
  const stop = chosen < 0 ? points.length - 1 : chosen
  return (
    <ol
      className={css.points}
      aria-label={`${name}, point by point`}
      data-many={points.length > 30}
    >
      {points.map(({ x, y }, at) => {
        const it = leads[at]
        const place = places[at]
        if (!it || !place) return null
        const words = `${it.name}: ${name} ${show(y)}`
        return (
          <li
            key={x}
            style={{ left: `${place.x * 100}%`, width: `${Math.min(100 / points.length, 30)}%` }}
          >
            <Link
              {...it.link}
              className={css.point}
              data-chosen={it.chosen}
              tabIndex={at === stop ? 0 : -1}
              onKeyDown={move}
              title={words}
              aria-label={words}
            >
              <span className={css.dot} style={{ top: `${(place.y / PICTURE) * 100}%` }} />
            </Link>
          </li>
        )
      })}
    </ol>
  )
}

const PICTURE = 56 // high, in pixels

function move(event: KeyboardEvent<HTMLElement>) {
  const item = event.currentTarget.parentElement
  const list = item?.parentElement
  const next = {
    ArrowLeft: item?.previousElementSibling,
    ArrowRight: item?.nextElementSibling,
    Home: list?.firstElementChild,
    End: list?.lastElementChild,
  }[event.key]
  const link = next?.querySelector('a')
  if (link) {
    event.preventDefault()
    link.focus()
  }
}
