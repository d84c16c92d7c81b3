import type { Run, RunId, RunSummary } from '../run/queries'

/** The runs that are held against each other; one left out is the one before the other. */
export interface CompareSearch {
  a?: string
  b?: string
}

export function compareSearch(given: Record<string, unknown>): CompareSearch {
  return { ...idOf('a', given.a), ...idOf('b', given.b) }
}

function idOf(name: keyof CompareSearch, given: unknown): CompareSearch {
  return typeof given === 'string' && given ? { [name]: given } : {}
}

/** What a run is held against if nobody says: its original, or the run of its experiment before. */
export function runBefore(run: Run, newestFirst: readonly RunSummary[]): RunId {
  if (run.origin.kind === 'replay') return run.origin.of
  const before = newestFirst.find(
    (it) => it.origin.kind !== 'replay' && it.startedAt < run.startedAt,
  )
  return before?.run ?? run.run
}
