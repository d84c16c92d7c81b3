import type { Schemas } from '../api/client'
import { Badge, type Tone } from '../ui/Badge'

type Verification = Schemas['Verification']

const SHOWN: Record<Verification['stage'], readonly [tone: Tone, word: string, title: string]> = {
  WAITING: ['muted', 'not yet', 'Will be replayed when no kernel is at work'],
  AT_WORK: ['live', 'replaying', 'Is being replayed in the background'],
  DONE: ['muted', 'replayed', 'Was replayed'],
  OFF: ['muted', 'off', 'Verification is switched off for this experiment'],
  PASSED_OVER: ['muted', 'not by itself', 'Is not replayed without being asked'],
  FAILED: ['bad', 'failed', 'Could not be replayed'],
}

/** How far the server is with a run that has no verdict yet. */
export function VerificationBadge({ verification }: { verification: Verification }) {
  const [tone, word, title] = SHOWN[verification.stage]
  return (
    <Badge tone={tone} title={verification.why ?? title}>
      {word}
    </Badge>
  )
}
