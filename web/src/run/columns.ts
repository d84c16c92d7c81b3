import type { RunSummary } from './queries'

const GUESSED = 6

/** A parameter or value of a run that stands in a column of its own. */
export interface NamedColumn {
  name: string
  of: 'parameters' | 'values'
}

/** Everything that could be a column for these runs: what most of them have comes first. */
export function possibleColumns(runs: readonly RunSummary[]): NamedColumn[] {
  return [...namesIn(runs, 'parameters'), ...namesIn(runs, 'values')].filter(firstOfItsName)
}

function namesIn(runs: readonly RunSummary[], of: NamedColumn['of']): NamedColumn[] {
  const counts = new Map<string, number>()
  for (const run of runs) {
    for (const name of Object.keys(run[of])) counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => ({ name, of }))
}

/** A parameter is also a value once its cell has run; it is listed once, as what it is first. */
function firstOfItsName(column: NamedColumn, index: number, all: NamedColumn[]): boolean {
  return all.findIndex((it) => it.name === column.name) === index
}

/** The columns that {@code chosen} names; without a choice, the most common parameters. */
export function shownColumns(
  runs: readonly RunSummary[],
  chosen: string | undefined,
): NamedColumn[] {
  const possible = possibleColumns(runs)
  if (chosen === undefined) {
    return possible.filter((it) => it.of === 'parameters').slice(0, GUESSED)
  }
  const names = chosen.split(',')
  return possible.filter((it) => names.includes(it.name))
}

/** What stands in the column. */
export function cellText(run: RunSummary, column: NamedColumn): string {
  return unquoted(run[column.of][column.name] ?? run.values[column.name] ?? '')
}

/** A string constant without the quotes of its source. */
export function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text
}
