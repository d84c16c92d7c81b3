import type { Schemas } from '../api/client'

export type RunStatus = Schemas['RunStatus']

export const STATUSES: readonly RunStatus[] = ['RUNNING', 'SUCCEEDED', 'FAILED', 'INTERRUPTED']

export type Judged = 'VERIFIED' | 'DIVERGED' | 'NOT_RUN' | 'NOT_YET'

export const JUDGED: readonly Judged[] = ['VERIFIED', 'DIVERGED', 'NOT_RUN', 'NOT_YET']

/** What of the runs is shown; it stands in the address, so that a view can be sent to somebody. */
export interface RunsSearch {
  experiment?: string
  status?: RunStatus
  /** What their replays came to. */
  judged?: Judged
  text?: string
  /** Whether replays stand among the runs; left out, they do not. */
  replays?: true
  /** Names of the parameters and values that have a column, with commas; left out, a guess. */
  columns?: string
}

/** Reads the address leniently: what is not understood is as if it were not there. */
export function runsSearch(given: Record<string, unknown>): RunsSearch {
  const status = STATUSES.find((it) => it === String(given.status).toUpperCase())
  const judged = JUDGED.find((it) => it === String(given.judged).toUpperCase())
  return {
    ...textOf('experiment', given.experiment),
    ...(status && { status }),
    ...(judged && { judged }),
    ...textOf('text', given.text),
    ...((given.replays === true || given.replays === 'true') && { replays: true as const }),
    ...textOf('columns', given.columns, true),
  }
}

function textOf(name: string, given: unknown, mayBeEmpty = false) {
  const text = typeof given === 'number' ? String(given) : given
  return typeof text === 'string' && (text !== '' || mayBeEmpty) ? { [name]: text } : {}
}
