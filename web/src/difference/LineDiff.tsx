import { useMemo } from 'react'
import { Scroll } from '../ui/Scroll'
import { type DiffRow, differing, diffLines } from './diff'
import css from './LineDiff.module.css'

/** What was expected beside what came, line by line; on a narrow screen below each other. */
export function LineDiff({
  expected,
  actual,
  names = { left: 'Expected', right: 'Actual' },
  of,
}: {
  expected: string
  actual: string
  names?: { left: string; right: string }
  of: string
}) {
  const rows = useMemo(() => diffLines(expected, actual), [expected, actual])
  return (
    <Scroll of={`Difference in ${of}`} className={css.scroll}>
      <table className={css.diff}>
        <thead>
          <tr>
            <th scope="col">{names.left}</th>
            <th scope="col">{names.right}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // A line has no name but its place.
            <tr key={index} data-kind={row.kind}>
              <Side row={row} side="left" />
              <Side row={row} side="right" />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Side({ row, side }: { row: DiffRow; side: 'left' | 'right' }) {
  const line = row[side]
  const other = row[side === 'left' ? 'right' : 'left']
  if (line === undefined) return <td data-side={side} data-empty="" />
  if (row.kind !== 'changed' || other === undefined) return <td data-side={side}>{line || ' '}</td>
  const [before, part, after] = differing(line, other)
  return (
    <td data-side={side}>
      {before}
      <mark>{part}</mark>
      {after}
    </td>
  )
}
