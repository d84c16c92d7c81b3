import { expect, test } from 'vitest'
import type { Run } from '../run/queries'
import { compare, differs, growth, isDifferent } from './comparison'

const ENVIRONMENT = {
  jdk: { version: '17', vendor: 'x', home: '/jdk' },
  flags: [],
  variables: {},
  absent: [],
  classPath: [],
}

function run(steps: object[]): Run {
  const history = steps.map((it, at) => ({
    step: at + 1,
    cell: `c${at}`,
    source: '',
    outcome: { kind: 'succeeded' },
    outputs: [],
    parameters: [],
    values: [],
    metrics: [],
    data: [],
    jars: [],
    ...it,
  }))
  return { history, environment: ENVIRONMENT, kernel: 'k', host: 'h' } as unknown as Run
}

test('compare_parameterChanged_namesItAndTheCellsThatFollow', () => {
  const of = (rate: string, shown: string) =>
    run([
      { source: `double rate = ${rate};`, parameters: [{ name: 'rate', value: rate }] },
      { source: 'rate', outputs: [{ output_type: 'stream', name: 'stdout', text: shown }] },
    ])
  const found = compare(of('0.5', 'a'), of('0.25', 'b'))
  expect(found.parameters.filter(isDifferent)).toEqual([
    { name: 'rate', left: '0.5', right: '0.25' },
  ])
  expect(found.pairs.map(differs)).toEqual([true, true])
  expect(found.pairs[1]?.forms).toEqual([
    { mime: 'text/plain', name: 'stdout', left: 'a', right: 'b' },
  ])
  expect(found.environment.filter(isDifferent)).toEqual([])
})

test('compare_onlyAMetricDiffers_theCellThatLoggedItDiffers', () => {
  const of = (value: number) => run([{}, { metrics: [{ name: 'loss', value, index: 0 }] }])
  const found = compare(of(0.5), of(0.25))
  expect(found.pairs.map(differs)).toEqual([false, true])
  expect(found.pairs[1]?.numbers).toEqual(['loss'])
  expect(compare(of(0.5), of(0.5)).pairs.some(differs)).toBe(false)
})

test('compare_fileReadTwice_takesWhatCameFirst', () => {
  const read = (digest: string) => ({ path: '/d.csv', direction: 'READ', digest })
  const found = compare(
    run([{ data: [read('1'.repeat(64)), read('2'.repeat(64))] }]),
    run([{ data: [read('1'.repeat(64))] }]),
  )
  expect(found.data.filter(isDifferent)).toEqual([])
})

test('growth_ofNumbers_isTheirDifference', () => {
  expect(growth({ name: 'loss', left: '0.5', right: '0.25' })).toBe(-0.25)
  expect(growth({ name: 'how', left: 'a', right: 'b' })).toBeUndefined()
  expect(growth({ name: 'new', right: '1' })).toBeUndefined()
})
