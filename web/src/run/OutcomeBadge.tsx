import type { Schemas } from '../api/client'
import { Badge } from '../ui/Badge'
import { unreachable } from '../ui/unreachable'

/** How a step ended; without an outcome it has not. */
export function OutcomeBadge({ outcome }: { outcome: Schemas['Outcome'] | undefined }) {
  if (!outcome) return <Badge tone="live">running</Badge>
  switch (outcome.kind) {
    case 'succeeded':
      return <Badge tone="good">ran</Badge>
    case 'failed':
      return (
        <Badge tone="bad" title={outcome.message ?? outcome.exception}>
          {outcome.exception.split('.').pop()}
        </Badge>
      )
    case 'interrupted':
      return (
        <Badge tone="muted" title={`by ${outcome.by}`}>
          interrupted
        </Badge>
      )
    case 'exited':
      return <Badge tone="muted">ended the kernel</Badge>
    default:
      return unreachable(outcome)
  }
}
