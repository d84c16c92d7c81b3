import { Badge } from '../ui/Badge'
import type { Attempt, Firing } from './queries'
import { shown } from './status'

export function StateBadge({ status }: { status: Firing['status'] | Attempt['status'] }) {
  const { tone, word } = shown(status)
  return <Badge tone={tone}>{word}</Badge>
}
