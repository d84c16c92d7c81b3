import { Badge, type Tone } from '../ui/Badge'
import type { RunStatus } from './search'

const SHOWN: Record<RunStatus, readonly [tone: Tone, word: string]> = {
  RUNNING: ['live', 'running'],
  SUCCEEDED: ['good', 'succeeded'],
  FAILED: ['bad', 'failed'],
  INTERRUPTED: ['muted', 'interrupted'],
}

export function StatusBadge({ status }: { status: RunStatus }) {
  const [tone, word] = SHOWN[status]
  return <Badge tone={tone}>{word}</Badge>
}
