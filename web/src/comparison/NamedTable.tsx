import { useId, useState } from 'react'
import { number } from '../run/series'
import { Scroll } from '../ui/Scroll'
import css from './ComparePage.module.css'
import { growth, howMany, isDifferent, type NamedPair } from './comparison'

/** What both runs have by name; what is the same stands in it only if asked for. */
export function NamedTable({
  title,
  all,
  numbers = false,
}: {
  title: string
  all: readonly NamedPair[]
  /** Whether a difference can be a number; one of digests that look like numbers says nothing. */
  numbers?: boolean
}) {
  const [whole, setWhole] = useState(false)
  const id = useId()
  const differing = all.filter(isDifferent)
  const shown = whole ? all : differing
  if (all.length === 0) return null
  return (
    <section className={css.part} aria-labelledby={id}>
      <h2 id={id}>
        {title} <span>{differing.length === 0 ? 'the same' : howMany(differing.length)}</span>
      </h2>
      {differing.length < all.length && (
        <label className={css.tick}>
          <input
            type="checkbox"
            checked={whole}
            onChange={(event) => setWhole(event.target.checked)}
          />
          Show what is the same too ({all.length - differing.length})
        </label>
      )}
      {shown.length > 0 && (
        <Scroll of={title} className={css.scroll}>
          <table className={css.named}>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">A</th>
                <th scope="col">B</th>
                {numbers && <th scope="col">B − A</th>}
              </tr>
            </thead>
            <tbody>
              {shown.map((pair) => (
                <tr key={pair.name} data-differs={isDifferent(pair) ? '' : undefined}>
                  <th scope="row">{pair.name}</th>
                  <td>{pair.left ?? <Absent />}</td>
                  <td>{pair.right ?? <Absent />}</td>
                  {numbers && <td>{grown(pair)}</td>}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

function Absent() {
  return <span className={css.absent}>not there</span>
}

function grown(pair: NamedPair): string {
  const by = growth(pair)
  if (by === undefined) return ''
  return `${by > 0 ? '+' : '−'}${number(Math.abs(by))}`
}
