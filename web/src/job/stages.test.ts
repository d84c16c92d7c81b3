import { expect, it } from 'vitest'
import { layersOf } from './stages'

it('puts each stage right of all that it waits for, and none over another', () => {
  const places = layersOf([
    { number: 1, after: [] },
    { number: 2, after: [] },
    { number: 3, after: [1] },
    { number: 4, after: [1, 3] },
  ])
  expect(Object.fromEntries(places)).toEqual({
    1: { column: 0, row: 0 },
    2: { column: 0, row: 1 },
    3: { column: 1, row: 0 },
    4: { column: 2, row: 0 },
  })
})
