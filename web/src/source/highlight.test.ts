import { expect, test } from 'vitest'
import { highlight } from './highlight'

function kindOf(source: string, text: string) {
  return highlight(source).find((piece) => piece.text.trim() === text)?.kind
}

test('highlight_ofAnySource_losesNoCharacter', () => {
  for (const source of [
    'int x = 3;\nx + 1',
    '%maven a:b:1\nimport a.B;\n\n!ls\nvar s = """\n  text\n""";',
    '%%bash\necho "int x"',
    '%%time\nint x = 3;',
    'String broken = "no end\n}} ;;',
    '',
    'var s = "ünïcödé 🐧";\r\nint y;',
  ]) {
    expect(
      highlight(source)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(source)
  }
})

test('highlight_ofJava_knowsItsWords', () => {
  const source = 'record Day(String name) {} // a day\nint limit = 42; String s = "x";'
  expect(kindOf(source, 'record')).toBe('keyword')
  expect(kindOf(source, 'String')).toBe('type')
  expect(kindOf(source, 'limit')).toBe('definition')
  expect(kindOf(source, '42')).toBe('number')
  expect(kindOf(source, '"x"')).toBe('string')
  expect(kindOf(source, '// a day')).toBe('comment')
})

test('highlight_ofAMagicLine_isNotReadAsJava', () => {
  const source = '%maven org.tribuo:tribuo-core:4.3.2\nint x = 10 % 3;'
  expect(kindOf(source, '%maven org.tribuo:tribuo-core:4.3.2')).toBe('meta')
  expect(kindOf(source, 'int')).toBe('keyword')
})

test('highlight_ofACellInAnotherLanguage_coloursItsFirstLineOnly', () => {
  expect(highlight('%%bash\nfor x in 1')).toEqual([
    { text: '%%bash', kind: 'meta' },
    { text: '\nfor x in 1' },
  ])
})
