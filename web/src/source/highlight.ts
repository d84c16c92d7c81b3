import { highlightCode, styleTags, tagHighlighter, tags } from '@lezer/highlight'
import { parser as grammar } from '@lezer/java'

/** A piece of source in one colour; without a kind it has the colour of text. */
export interface Piece {
  text: string
  kind?: string
}

// Words that the grammar knows, but gives no colour.
const parser = grammar.configure({
  props: [
    styleTags({ 'record sealed permits yield': tags.keyword, 'Annotation/...': tags.annotation }),
  ],
})

const KINDS = tagHighlighter([
  { tag: [tags.keyword, tags.modifier, tags.self, tags.bool, tags.null], class: 'keyword' },
  { tag: [tags.string, tags.character, tags.escape], class: 'string' },
  { tag: [tags.number], class: 'number' },
  { tag: [tags.comment], class: 'comment' },
  { tag: [tags.standard(tags.typeName)], class: 'keyword' },
  { tag: [tags.typeName], class: 'type' },
  { tag: [tags.definition(tags.variableName)], class: 'definition' },
  { tag: [tags.annotation, tags.meta], class: 'meta' },
])

const MAGIC_LINE = /^[ \t]*[%!].*$/gm
const MAGIC_CELL = /^\s*%%(?!time\b)/

/** The source of a cell in colours: Java, and the lines in it that speak to the kernel. */
export function highlight(source: string): Piece[] {
  if (MAGIC_CELL.test(source)) {
    const end = source.indexOf('\n', source.indexOf('%%'))
    return end < 0 ? [{ text: source, kind: 'meta' }] : cut(source, end)
  }
  const java = source.replace(MAGIC_LINE, (line) => ' '.repeat(line.length)) // keeps every position
  const pieces: Piece[] = []
  let at = 0
  function put(length: number, kind?: string) {
    pieces.push(...withMagics(source.slice(at, at + length), kind))
    at += length
  }
  highlightCode(
    java,
    parser.parse(java),
    KINDS,
    (text, kind) => put(text.length, kind || undefined),
    () => put(1),
  )
  return pieces
}

function cut(source: string, at: number): Piece[] {
  return [{ text: source.slice(0, at), kind: 'meta' }, { text: source.slice(at) }]
}

function withMagics(text: string, kind: string | undefined): Piece[] {
  if (kind) return [{ text, kind }]
  return MAGIC_LINE.test(text) && /^\s*[%!]/.test(text) ? [{ text, kind: 'meta' }] : [{ text }]
}
