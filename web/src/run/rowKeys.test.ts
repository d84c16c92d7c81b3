import { expect, test } from 'vitest'
import { nextIndex } from './rowKeys'

test('nextIndex_downAndUp_staysWithinTheRows', () => {
  expect([nextIndex('j', -1, 3), nextIndex('ArrowDown', 1, 3), nextIndex('j', 2, 3)]).toEqual([
    0, 2, 2,
  ])
  expect([nextIndex('k', -1, 3), nextIndex('ArrowUp', 1, 3), nextIndex('k', 0, 3)]).toEqual([
    -1, 0, 0,
  ])
})

test('nextIndex_ofOtherKeysOrNoRows_leadsNowhere', () => {
  expect([nextIndex('x', 1, 3), nextIndex('j', -1, 0)]).toEqual([-1, -1])
})
