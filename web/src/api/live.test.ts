import { expect, test } from 'vitest'
import { touchedBy } from './live'

const about = { session: 's-1', number: 7, at: '2026-11-22T10:00:00Z' }

test('touchedBy_anOutput_asksForItsRunOnly', () => {
  const output = { output_type: 'stream' as const, name: 'stdout', text: 'a' }
  expect(touchedBy({ ...about, kind: 'output-added', run: 'r-1', step: 1, output })).toEqual([
    ['run', 'r-1', 'whole'],
  ])
})

test('touchedBy_aNewRun_asksForTheListsToo', () => {
  const event = { ...about, kind: 'run-opened' as const, run: 'r-1', experiment: 'iris' }
  expect(touchedBy({ ...event, origin: { kind: 'interactive' } })).toEqual([
    ['runs'],
    ['experiments'],
    ['run', 'r-1'],
  ])
})

test('touchedBy_theEndOfASession_asksForAllRuns', () => {
  expect(touchedBy({ ...about, kind: 'session-ended', how: 'exit' })).toContainEqual(['run'])
})
