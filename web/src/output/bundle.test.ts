import { expect, test } from 'vitest'
import { richest } from './bundle'

test('richest_ofABundle_isTheFirstThatCanBeShown', () => {
  expect(richest({ 'text/plain': '3', 'image/png': 'AAAA' })).toEqual({
    mime: 'image/png',
    look: 'image',
    text: 'AAAA',
  })
})

test('richest_ofForeignMarkup_isBehindGlass', () => {
  expect(richest({ 'text/html': '<b>3</b>', 'text/plain': '3' })?.look).toBe('frame')
  expect(richest({ 'image/svg+xml': '<svg/>' })?.look).toBe('svg')
  expect(richest({ 'application/javascript': 'alert(1)' })?.look).toBe('script')
})

test('richest_ofLines_joinsThem', () => {
  expect(richest({ 'text/plain': ['a\n', 'b'] })?.text).toBe('a\nb')
})

test('richest_ofJson_isPretty', () => {
  expect(richest({ 'application/json': { a: [1] } })?.text).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(richest({ 'application/json': '{"a":1}' })?.text).toBe('{\n  "a": 1\n}')
  expect(richest({ 'application/json': 'not json' })?.text).toBe('not json')
})

test('richest_ofWhatNobodyKnows_isNothing', () => {
  expect(richest({ 'application/x-zeppelin': 'x' })).toBeNull()
  expect(richest({ 'text/x-unknown': 'x' })?.look).toBe('text')
})
