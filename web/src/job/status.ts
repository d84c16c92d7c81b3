import type { Tone } from '../ui/Badge'
import type { Attempt, Firing, StageResult } from './queries'

const WORDS: Record<Firing['status'] | Attempt['status'], [Tone, string]> = {
  QUEUED: ['muted', 'queued'],
  WAITING: ['muted', 'waiting'],
  RUNNING: ['live', 'running'],
  SUCCEEDED: ['good', 'succeeded'],
  FAILED: ['bad', 'failed'],
  TIMED_OUT: ['bad', 'timed out'],
  SKIPPED: ['warn', 'skipped'],
  CANCELLED: ['muted', 'cancelled'],
  LOST: ['warn', 'lost'],
}

/** How a state of a firing or an attempt is shown. */
export function shown(status: Firing['status'] | Attempt['status']): { tone: Tone; word: string } {
  const [tone, word] = WORDS[status]
  return { tone, word }
}

/** How a state of a stage is shown; one that had not to be done again is nothing to look into. */
export function shownStage(status: StageResult['status']): { tone: Tone; word: string } {
  if (status === 'NOT_BEGUN') return { tone: 'muted', word: 'not begun' }
  if (status === 'SKIPPED') return { tone: 'good', word: 'unchanged' }
  return shown(status)
}

/** Whether nothing will change any more by itself. */
export function isOver(firing: Firing): boolean {
  return firing.status !== 'QUEUED' && firing.status !== 'RUNNING'
}
