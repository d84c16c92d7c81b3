import { expect, test } from 'vitest'
import { runsSearch } from './search'

test('runsSearch_ofWhatWeWrite_isReadBack', () => {
  const search = {
    experiment: 'iris',
    status: 'FAILED',
    text: '0.1',
    replays: true,
    columns: 'a,b',
  }
  expect(runsSearch(search)).toEqual(search)
})

test('runsSearch_ofNonsense_showsEverything', () => {
  expect(runsSearch({ status: 'SLEEPING', text: '', replays: 'perhaps', other: 1 })).toEqual({})
})

test('runsSearch_ofANumber_looksForItsDigits', () => {
  expect(runsSearch({ text: 42 })).toEqual({ text: '42' })
})
