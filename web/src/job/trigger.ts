import { unreachable } from '../ui/unreachable'
import type { Trigger } from './queries'

/** A trigger in words. */
export function inWords(trigger: Trigger): string {
  const quiet = 'debounceSeconds' in trigger ? trigger.debounceSeconds : undefined
  return quiet ? `${bare(trigger)}, after ${stretch(quiet)} of quiet` : bare(trigger)
}

function bare(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'cron': {
      const except = trigger.except.length > 0 ? `, except ${trigger.except.join(', ')}` : ''
      return `${trigger.expression} in ${trigger.zone}${except}`
    }
    case 'every':
      return `every ${stretch(trigger.seconds)}`
    case 'once':
      return `once at ${new Date(trigger.at).toLocaleString()}`
    case 'webhook':
      return 'webhook'
    case 'directory':
      return `files ${trigger.pattern} in ${trigger.path}`
    case 'redis':
      return `stream ${trigger.stream} of Redis at ${trigger.url}`
    case 'kafka':
      return `topic ${trigger.topic} of Kafka at ${trigger.servers}`
    case 'after':
      return `after ${trigger.job} (${trigger.end.toLowerCase()})`
    default:
      return unreachable(trigger)
  }
}

const UNITS: [number, string][] = [
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
]

/** Seconds in the largest unit of which they are a whole number. */
export function stretch(seconds: number): string {
  const [size, name] = UNITS.find(([unit]) => seconds % unit === 0) ?? [1, 's']
  return `${seconds / size} ${name}`
}
