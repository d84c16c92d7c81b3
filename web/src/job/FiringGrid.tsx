import { Link } from '@tanstack/react-router'
import { moment } from '../ui/format'
import css from './FiringGrid.module.css'
import type { Firing } from './queries'
import { shown } from './status'

/** Firings as coloured squares, the oldest first; each leads to what became of it. */
export function FiringGrid({
  job,
  firings,
  chosen,
}: {
  job: string
  firings: readonly Firing[]
  chosen?: number | undefined
}) {
  return (
    <ol className={css.grid}>
      {[...firings].reverse().map((firing) => {
        const { tone, word } = shown(firing.status)
        const words = `${word}, ${moment(firing.due ?? firing.createdAt)}`
        return (
          <li key={firing.firing}>
            <Link
              to="/jobs/$job"
              params={{ job }}
              search={{ firing: firing.firing }}
              resetScroll={false}
              className={css.square}
              data-tone={tone}
              data-chosen={firing.firing === chosen}
              title={words}
              aria-label={`Firing ${firing.firing}: ${words}`}
            />
          </li>
        )
      })}
    </ol>
  )
}
