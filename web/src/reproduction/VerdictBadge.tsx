import type { Schemas } from '../api/client'
import { Badge, type Tone } from '../ui/Badge'

export type Verdict = Schemas['Verdict']

const SHOWN: Record<Verdict, readonly [tone: Tone, title: string]> = {
  IDENTICAL: ['good', 'Everything compared is byte for byte the same'],
  EQUIVALENT: ['warn', 'The same after named normalisers'],
  WITHIN_NOISE: ['warn', 'No further away than replays of the same run are from one another'],
  DIVERGED: ['bad', 'Something came out differently'],
  NOT_RUN: ['muted', 'Could not be executed again'],
}

/** The verdict in the words of the command line. */
export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  const [tone, title] = SHOWN[verdict]
  return (
    <Badge tone={tone} title={title}>
      {wordOf(verdict)}
    </Badge>
  )
}

export function wordOf(verdict: Verdict): string {
  return verdict.replace('_', ' ')
}

export function toneOf(verdict: Verdict): Tone {
  return SHOWN[verdict][0]
}

export function meaningOf(verdict: Verdict): string {
  return SHOWN[verdict][1]
}
