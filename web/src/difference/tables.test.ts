import { expect, test } from 'vitest'
import { diffTables, tableIn } from './tables'

test('tableIn_markupWithOneTable_takesTheWordsOfItsCells', () => {
  const html =
    '<table><tr><th>a</th><th>b</th></tr><tr><td> 1 </td><td><b>x</b> y</td></tr></table>'
  expect(tableIn('text/html', html)).toEqual([
    ['a', 'b'],
    ['1', 'x y'],
  ])
})

test('tableIn_markupThatWouldRun_isOnlyRead', () => {
  const html = '<table><tr><td><img src=x onerror="globalThis.ran = true">1</td></tr></table>'
  expect(tableIn('text/html', html)).toEqual([['1']])
  expect('ran' in globalThis).toBe(false)
})

test('tableIn_textWithAsManyCommasInEachLine_isATable', () => {
  expect(tableIn('text/plain', 'a,b\n1,2\n3,4\n')).toEqual([
    ['a', 'b'],
    ['1', '2'],
    ['3', '4'],
  ])
})

test('tableIn_sentences_areNoTable', () => {
  expect(tableIn('text/plain', 'first, second\nand nothing\nelse')).toBeNull()
  expect(tableIn('text/plain', 'one, two\nthree, four')).toBeNull()
  expect(tableIn('text/html', '<p>no table</p>')).toBeNull()
})

test('diffTables_cellChangedAndRowAdded_alignsTheRest', () => {
  const left = [
    ['id', 'v'],
    ['1', 'a'],
    ['2', 'b'],
  ]
  const right = [
    ['id', 'v'],
    ['1', 'x'],
    ['2', 'b'],
    ['3', 'c'],
  ]
  expect(diffTables(left, right).map((it) => it.kind)).toEqual(['same', 'changed', 'same', 'added'])
})
