import { expect, test } from 'vitest'
import type { Step } from '../run/queries'
import { align } from './alignment'

/** Steps as "cell:source", numbered from 1. */
function steps(...cells: string[]): Step[] {
  return cells.map((it, at) => {
    const [cell, source] = it.split(':')
    return { step: at + 1, cell, source } as unknown as Step
  })
}

function numbers(left: Step[], right: Step[]) {
  return align(left, right).map((pair) => [pair.left?.step, pair.right?.step])
}

test('align_sameCells_pairsThemWhateverTheirSource', () => {
  expect(numbers(steps('a:1', 'b:2'), steps('a:1', 'b:3'))).toEqual([
    [1, 1],
    [2, 2],
  ])
})

test('align_cellPutIn_leavesItAlone', () => {
  expect(numbers(steps('a:1', 'b:2'), steps('a:1', 'n:9', 'b:2'))).toEqual([
    [1, 1],
    [undefined, 2],
    [2, 3],
  ])
})

test('align_otherIdsButSameSource_pairsBySource', () => {
  expect(numbers(steps('a:1', 'b:2'), steps('x:1', 'y:2'))).toEqual([
    [1, 1],
    [2, 2],
  ])
})

test('align_cellReplacedBetweenTheSameNeighbours_pairsByPlace', () => {
  expect(numbers(steps('a:1', 'b:2', 'c:3'), steps('a:1', 'x:9', 'c:3'))).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ])
})

test('align_fourTimesAsManySteps_takesNoMoreThanTheirSquare', () => {
  const quickest = (count: number) => {
    const many = steps(...Array.from({ length: count }, (_, at) => `c${at}:s${at}`))
    const times = Array.from({ length: 5 }, () => {
      const began = performance.now()
      expect(align(many, many.slice(1))).toHaveLength(count)
      return performance.now() - began
    })
    return Math.min(...times)
  }
  quickest(300) // what runs here learns
  expect(quickest(1200)).toBeLessThan(3 * 16 * quickest(300))
})
