import { expect, it } from 'vitest'
import { ruleIn, describe as written } from './alerts'

it('reads every rule as it is written', () => {
  for (const rule of [
    'failed',
    'recovered',
    'diverged',
    'not-started=600',
    'late=3600',
    'no-success=93600',
    'slow=2.5',
    'drifted=0.1',
    'metric=accuracy:0.05:higher',
    'metric=loss:0.1:lower:5',
  ]) {
    expect(written(ruleIn(rule))).toBe(rule)
  }
})

it('says what would be a rule where something is none', () => {
  for (const rule of ['', 'sometimes', 'late', 'late=soon', 'metric=loss', 'metric=loss:x:lower']) {
    expect(() => ruleIn(rule)).toThrow('metric=accuracy:0.05:higher')
  }
})
