import { expect, test } from 'vitest'
import { duration, fileName, moment, plural, size } from './format'

test('duration_fromMillisecondsToHours_keepsWhatMatters', () => {
  expect([0.4, 340, 1234, 9940, 9960, 59_400, 59_600, 125_000, 3_780_000].map(duration)).toEqual([
    '0 ms',
    '340 ms',
    '1.2 s',
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 0 s',
    '2 min 5 s',
    '1 h 3 min',
  ])
})

test('size_aroundUnitBorders_neverShowsAThousand', () => {
  expect([0, 999, 1000, 48_219, 999_600, 1_500_000_000].map(size)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '48.2 kB',
    '1.0 MB',
    '1.5 GB',
  ])
})

test('moment_ofTodayAndOfOtherDays_namesTheDayOnlyWhenNeeded', () => {
  const noon = new Date(2026, 10, 22, 12)
  expect(moment(new Date(2026, 10, 22, 9, 5).toISOString(), noon)).toMatch(/^today .*05/)
  expect(moment(new Date(2026, 10, 8, 9, 5).toISOString(), noon)).toContain('8')
  expect(moment(new Date(2025, 10, 8, 9, 5).toISOString(), noon)).toContain('2025')
})

test('fileName_ofPathsOfAnySystem_isTheLastPart', () => {
  expect(['/a/b.csv', 'C:\\data\\b.csv', 'b.csv'].map(fileName)).toEqual([
    'b.csv',
    'b.csv',
    'b.csv',
  ])
})

test('plural_ofOneAndMany_fitsTheNumber', () => {
  expect([plural(1, 'step'), plural(0, 'step')]).toEqual(['1 step', '0 steps'])
})
