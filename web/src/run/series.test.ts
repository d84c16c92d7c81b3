import { expect, test } from 'vitest'
import type { Step } from './queries'
import { loadSeries, metricSeries, number, outline } from './series'

const step = (metrics: [string, number | string, number][]) =>
  ({ metrics: metrics.map(([name, value, index]) => ({ name, value, index })) }) as unknown as Step

test('metricSeries_aNameInTwoSteps_isOneSeries', () => {
  const series = metricSeries([
    step([
      ['loss', 1, 0],
      ['acc', 0.5, 0],
    ]),
    step([['loss', 0.5, 1]]),
  ])
  expect(series.map((it) => [it.name, it.points.map(({ y }) => y)])).toEqual([
    ['loss', [1, 0.5]],
    ['acc', [0.5]],
  ])
})

test('metricSeries_anIndexThatStartsAgain_isCountedOn', () => {
  const [loss] = metricSeries([
    step([
      ['loss', 3, 0],
      ['loss', 2, 1],
      ['loss', 1, 0],
    ]),
  ])
  expect(loss?.points.map(({ x }) => x)).toEqual([0, 1, 2])
})

test('metricSeries_notANumber_keepsItsPlace', () => {
  const [loss] = metricSeries([
    step([
      ['loss', 'NaN', 0],
      ['loss', 'Infinity', 1],
    ]),
  ])
  expect(loss?.points.map(({ y }) => number(y))).toEqual(['NaN', 'Infinity'])
})

test('number_anyMagnitude_hasTheDigitsThatAnybodyCompares', () => {
  expect([3, 0.123456, 1234567.8, -0.5, 1e-9].map(number)).toEqual([
    '3',
    '0.1235',
    '1235000',
    '-0.5',
    '1e-9',
  ])
})

test('outline_risingNumbers_goesUpToTheRight', () => {
  expect(
    outline(
      [
        { x: 0, y: 1 },
        { x: 10, y: 3 },
      ],
      100,
      54,
    ),
  ).toBe('0.0,52.0 100.0,2.0')
  expect(
    outline(
      [
        { x: 0, y: 1 },
        { x: 1, y: 1 },
      ],
      100,
      54,
    ),
  ).toBe('0.0,27.0 100.0,27.0')
})

test('loadSeries_whatWasZeroAllTheTime_isLeftOut', () => {
  const load = [
    { at: '2026-01-01T10:00:00Z', cpu: 1, heapBytes: 5, gcMillis: 0, threads: 9 },
    { at: '2026-01-01T10:00:01Z', cpu: 0, heapBytes: 6, gcMillis: 0, threads: 9 },
  ]
  const series = loadSeries({ load } as unknown as Step)
  expect(series.map((it) => it.name)).toEqual(['processors busy', 'heap', 'threads'])
  expect(series[0]?.points).toEqual([
    { x: 0, y: 1 },
    { x: 1000, y: 0 },
  ])
})
