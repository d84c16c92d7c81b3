import { expect, test } from 'vitest'
import { measures } from './metrics'
import type { JobMetrics } from './queries'

const at = '2026-11-22T10:00:00Z'

test('measures_metricOfTwoVersions_hasAStepWhereTheGoldenRunIsAnother', () => {
  const [accuracy] = measures({
    firings: [
      { firing: 3, version: 1, at, metrics: { accuracy: 0.5 } },
      { firing: 7, version: 2, at, metrics: { accuracy: 0.75 } },
    ],
    golden: [
      { version: 1, metrics: { accuracy: 0.5 } },
      { version: 2, metrics: { accuracy: 1 } },
    ],
  })
  expect(accuracy?.series.points).toEqual([
    { x: 0, y: 0.5 },
    { x: 1, y: 0.75 },
  ])
  expect(accuracy?.golden?.points.map(({ y }) => y)).toEqual([0.5, 0.5, 1, 1])
})

test('measures_metricThatAFiringLacks_keepsThePlacesOfTheOthers', () => {
  const all = measures({
    firings: [
      { firing: 1, version: 1, at, millis: 1200, metrics: { loss: 'NaN' } },
      { firing: 2, version: 1, at, millis: 900, metrics: {} },
      { firing: 3, version: 1, at, metrics: { loss: 2 } },
    ],
    golden: [{ version: 1, metrics: {} }],
  } as unknown as JobMetrics)
  expect(all.map(({ series }) => [series.name, series.points])).toEqual([
    [
      'loss',
      [
        { x: 0, y: Number.NaN },
        { x: 2, y: 2 },
      ],
    ],
    [
      'duration',
      [
        { x: 0, y: 1200 },
        { x: 1, y: 900 },
      ],
    ],
  ])
  expect(all.map(({ golden }) => golden)).toEqual([undefined, undefined])
})
