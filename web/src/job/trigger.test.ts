import { describe, expect, it } from 'vitest'
import { inWords, seconds, stretch, triggerIn } from './trigger'

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

describe('a trigger that a form describes', () => {
  const form = (fields: Record<string, string>) => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.set(name, value)
    return data
  }

  it('leaves out what was left empty', () => {
    expect(
      triggerIn(form({ kind: 'redis', url: 'REDIS_URL', stream: ' orders ', parameter: '' })),
    ).toEqual({ kind: 'redis', url: 'REDIS_URL', stream: 'orders' })
    expect(
      triggerIn(form({ kind: 'cron', expression: '@daily', zone: 'UTC', except: 'SAT, SUN,' })),
    ).toEqual({ kind: 'cron', expression: '@daily', zone: 'UTC', except: ['SAT', 'SUN'] })
  })

  it('tells a parameter of the files of another job', () => {
    const trigger = triggerIn(
      form({ kind: 'after', job: 'prices', end: 'SUCCESS', parameter: 'folder' }),
    )
    expect(trigger).toEqual({ kind: 'after', job: 'prices', end: 'SUCCESS', parameter: 'folder' })
    expect(inWords(trigger)).toBe('after prices (success), its files to folder')
    const bare = triggerIn(form({ kind: 'after', job: 'prices', end: 'ANY', parameter: '' }))
    expect(inWords(bare)).toBe('after prices (any)')
  })

  it('reads a stretch of time as it is told', () => {
    expect(['90 s', '15min', '6 h', '1 d'].map(seconds)).toEqual([90, 900, 21_600, 86_400])
    expect(() => triggerIn(form({ kind: 'every', every: 'often' }))).toThrow(
      "'often' is no stretch of time; 90 s, 15 min, 6 h and 1 d are",
    )
  })
})
