import type { Schemas } from '../api/client'
import { unreachable } from '../ui/unreachable'

export type Rule = Schemas['AlertRule']

/** Rules that have no bound of their own. */
export const PLAIN_RULES = ['failed', 'recovered', 'diverged'] as const

/** A rule as one writes it; lengths of time in seconds. */
export function describe(rule: Rule): string {
  switch (rule.kind) {
    case 'failed':
    case 'recovered':
    case 'diverged':
      return rule.kind
    case 'not-started':
    case 'late':
    case 'no-success':
      return `${rule.kind}=${rule.seconds}`
    case 'slow':
      return `slow=${rule.times}`
    case 'drifted':
      return `drifted=${rule.margin}`
    case 'metric': {
      const better = rule.higherIsBetter ? 'higher' : 'lower'
      const last = rule.last ? `:${rule.last}` : ''
      return `metric=${rule.metric}:${rule.margin}:${better}${last}`
    }
    default:
      return unreachable(rule)
  }
}

/** Reads a rule as {@link describe} writes it; throws a sentence where that is none. */
export function ruleIn(written: string): Rule {
  const [name, bound = ''] = written.split('=', 2)
  switch (name) {
    case 'failed':
    case 'recovered':
    case 'diverged':
      return { kind: name }
    case 'not-started':
    case 'late':
    case 'no-success':
      return { kind: name, seconds: number(bound, written) }
    case 'slow':
      return { kind: name, times: number(bound, written) }
    case 'drifted':
      return { kind: name, margin: number(bound, written) }
    case 'metric': {
      const [metric = '', margin = '', better, last] = bound.split(':')
      if (better !== 'higher' && better !== 'lower') throw unknown(written)
      return {
        kind: name,
        metric,
        margin: number(margin, written),
        higherIsBetter: better === 'higher',
        ...(last && { last: number(last, written) }),
      }
    }
    default:
      throw unknown(written)
  }
}

function number(text: string, written: string): number {
  const value = Number(text)
  if (text === '' || Number.isNaN(value)) throw unknown(written)
  return value
}

function unknown(written: string): Error {
  return new Error(
    `'${written}' is no rule; write failed, recovered, diverged, not-started=600, late=3600, no-success=93600, slow=3, drifted=0.1 or metric=accuracy:0.05:higher.`,
  )
}
