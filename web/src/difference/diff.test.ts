import { expect, test } from 'vitest'
import { differing, diffLines } from './diff'

function sketch(expected: string, actual: string) {
  return diffLines(expected, actual).map(({ kind, left, right }) => `${kind} ${left}|${right}`)
}

test('diffLines_ofTheSame_hasNothingElse', () => {
  expect(sketch('a\nb', 'a\nb')).toEqual(['same a|a', 'same b|b'])
})

test('diffLines_ofOneOtherLine_putsTheTwoBesideEachOther', () => {
  expect(sketch('a\nnow 1\nc', 'a\nnow 2\nc')).toEqual([
    'same a|a',
    'changed now 1|now 2',
    'same c|c',
  ])
})

test('diffLines_withLinesMoreOrLess_keepsTheRestAligned', () => {
  expect(sketch('a\nb\nc\nd', 'a\nc\nd\ne')).toEqual([
    'same a|a',
    'removed b|undefined',
    'same c|c',
    'same d|d',
    'added undefined|e',
  ])
})

test('diffLines_ofRepeatedLines_countsNoneTwice', () => {
  expect(sketch('x\nx', 'x')).toEqual(['same x|x', 'removed x|undefined'])
})

test('diffLines_ofVeryLongTexts_isDoneAtOnce', () => {
  const long = (from: number) => Array.from({ length: 5000 }, (_, i) => `${from + i}`).join('\n')
  expect(diffLines(long(0), long(10_000))).toHaveLength(5000)
})

test('differing_ofAChangedLine_isItsMiddle', () => {
  expect(differing('now 123 ns', 'now 129 ns')).toEqual(['now 12', '3', ' ns'])
  expect(differing('aa', 'aaa')).toEqual(['aa', '', ''])
  expect(differing('aaa', 'aa')).toEqual(['aa', 'a', ''])
  expect(differing('🐧', '🐦')).toEqual(['', '🐧', ''])
})
