import { describe, expect, it } from 'vitest'
import { inWords, stretch } from './trigger'

describe('a trigger in words', () => {
  it('says when it is silent', () => {
    const words = inWords({
      kind: 'cron',
      expression: '30 6 * * *',
      zone: 'Europe/Berlin',
      except: ['SAT', '2026-12-24'],
    })
    expect(words).toBe('30 6 * * * in Europe/Berlin, except SAT, 2026-12-24')
  })

  it('names a stream, and the quiet that it waits for', () => {
    const words = inWords({
      kind: 'redis',
      url: 'redis://localhost:6379',
      stream: 'orders',
      group: 'reprise-daily',
      debounceSeconds: 90,
    })
    expect(words).toBe('stream orders of Redis at redis://localhost:6379, after 90 s of quiet')
  })

  it('counts in the largest unit that fits', () => {
    expect([1, 90, 120, 7200, 172_800].map(stretch)).toEqual(['1 s', '90 s', '2 min', '2 h', '2 d'])
  })
})
