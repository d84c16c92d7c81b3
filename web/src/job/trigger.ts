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
      return `after ${trigger.job} (${trigger.end.toLowerCase()})${
        trigger.parameter ? `, its files to ${trigger.parameter}` : ''
      }`
    default:
      return unreachable(trigger)
  }
}

/** The trigger that a form describes; throws a sentence where it does not. */
export function triggerIn(fields: FormData): Trigger {
  const text = (name: string) => String(fields.get(name) ?? '').trim()
  const parameter = text('parameter') ? { parameter: text('parameter') } : {}
  const kind = text('kind') as Trigger['kind']
  switch (kind) {
    case 'cron':
      return {
        kind,
        expression: text('expression'),
        zone: text('zone'),
        except: list(text('except')),
      }
    case 'every':
      return { kind, seconds: seconds(text('every')) }
    case 'once':
      return { kind, at: new Date(text('at')).toISOString() }
    case 'directory':
      // How long a file settles and what is half written, the server knows.
      return { kind, path: text('path'), pattern: text('pattern'), ...parameter } as Trigger
    case 'after':
      return { kind, job: text('job'), end: text('end') as 'SUCCESS', ...parameter }
    case 'webhook':
      return { kind }
    case 'redis':
      return { kind, url: text('url'), stream: text('stream'), ...parameter }
    case 'kafka':
      return { kind, servers: text('servers'), topic: text('topic'), ...parameter }
    default:
      return unreachable(kind)
  }
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((it) => it.trim())
    .filter(Boolean)
}

/** A stretch of time as {@link stretch} tells it, in seconds. */
export function seconds(words: string): number {
  const [, count, unit] = /^(\d+) ?(s|min|h|d)$/.exec(words) ?? []
  const [size] = UNITS.find(([, name]) => name === unit) ?? []
  if (!size) throw new Error(`'${words}' is no stretch of time; 90 s, 15 min, 6 h and 1 d are`)
  return Number(count) * size
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
