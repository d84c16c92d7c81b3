import { useMemo } from 'react'
import { Scroll } from '../ui/Scroll'
import css from './TableDiff.module.css'
import { diffTables, type Table, type TableRow } from './tables'

/** Two tables as one: a cell that differs shows what it was above what it is. */
export function TableDiff({ left, right, of }: { left: Table; right: Table; of: string }) {
  const rows = useMemo(() => diffTables(left, right), [left, right])
  const changed = rows.filter((row) => row.kind !== 'same').length
  return (
    <Scroll of={`Difference in ${of}`} className={css.scroll}>
      <table className={css.table}>
        <caption>
          {changed} of {rows.length} rows differ
        </caption>
        <tbody>
          {rows.map((row, index) => (
            // A row has no name but its place.
            <tr key={index} data-kind={row.kind}>
              <th scope="row">{SIGN[row.kind]}</th>
              <Cells row={row} />
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const SIGN: Record<TableRow['kind'], string> = {
  same: '=',
  changed: '≠',
  removed: '−',
  added: '+',
}

function Cells({ row: { left = [], right = [], kind } }: { row: TableRow }) {
  const columns = Math.max(left.length, right.length)
  return Array.from({ length: columns }, (_, column) => {
    const before = left[column]
    const now = right[column]
    const differs = kind === 'changed' && before !== now
    return (
      // A cell has no name but its place.
      <td key={column} data-differs={differs ? '' : undefined}>
        {differs ? (
          <>
            <del>{before ?? ''}</del>
            <ins>{now ?? ''}</ins>
          </>
        ) : (
          (now ?? before)
        )}
      </td>
    )
  })
}
