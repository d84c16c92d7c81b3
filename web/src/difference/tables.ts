import { type DiffRow, diffLines } from './diff'

export type Table = readonly (readonly string[])[]

/** A row beside its counterpart; a side without one is undefined. */
export interface TableRow {
  kind: DiffRow['kind']
  left?: readonly string[]
  right?: readonly string[]
}

const BETWEEN_CELLS = '\u001f'
const FEWEST_LINES = 3

/**
 * The table that a text of this type is; null if it is none. Markup is read and never shown: only
 * the words of its cells are taken.
 */
export function tableIn(mime: string, text: string): Table | null {
  if (mime === 'text/html') return ofMarkup(text)
  if (mime === 'text/tab-separated-values') return ofLines(text, '\t', 1)
  if (mime === 'text/csv') return ofLines(text, ',', 1)
  if (mime !== 'text/plain') return null
  return ofLines(text, '\t', FEWEST_LINES) ?? ofLines(text, ',', FEWEST_LINES)
}

function ofMarkup(html: string): Table | null {
  const tables = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('table')
  const [only] = tables
  if (!only || tables.length > 1) return null
  return [...only.rows].map((row) => [...row.cells].map((cell) => wordsOf(cell.textContent)))
}

function wordsOf(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}

/** As many columns in every line, and more than one; quotes would need a parser of their own. */
function ofLines(text: string, between: string, fewest: number): Table | null {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  if (lines.length < fewest || text.includes('"')) return null
  const rows = lines.map((line) => line.split(between).map((cell) => cell.trim()))
  const columns = rows[0]?.length ?? 0
  return columns > 1 && rows.every((row) => row.length === columns) ? rows : null
}

/** The rows of two tables beside each other, with as many of them equal as can be. */
export function diffTables(left: Table, right: Table): TableRow[] {
  const keys = (table: Table) => table.map((row) => row.join(BETWEEN_CELLS)).join('\n')
  return diffLines(keys(left), keys(right)).map((row) => ({
    kind: row.kind,
    ...(row.left !== undefined && { left: row.left.split(BETWEEN_CELLS) }),
    ...(row.right !== undefined && { right: row.right.split(BETWEEN_CELLS) }),
  }))
}
