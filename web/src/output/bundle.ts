/** One thing in several forms, by mime type, as Jupyter writes it down. */
export type Bundle = Readonly<Record<string, unknown>>

type Look = 'frame' | 'script' | 'markdown' | 'image' | 'svg' | 'json' | 'text'

/** One form, chosen from a bundle. */
export interface Form {
  mime: string
  look: Look
  text: string
}

/** Richest first: a bundle is shown by the first of its types that stands in this list. */
const LOOKS: readonly (readonly [mime: string, look: Look])[] = [
  ['text/html', 'frame'],
  ['text/markdown', 'markdown'],
  ['image/svg+xml', 'svg'],
  ['image/png', 'image'],
  ['image/jpeg', 'image'],
  ['image/gif', 'image'],
  ['image/webp', 'image'],
  ['application/javascript', 'script'],
  ['application/json', 'json'],
  ['text/latex', 'text'],
  ['text/plain', 'text'],
]

/** The richest form of {@code bundle} that can be shown; null if there is none. */
export function richest(bundle: Bundle): Form | null {
  for (const [mime, look] of LOOKS) {
    if (mime in bundle) return { mime, look, text: textOf(bundle[mime], mime) }
  }
  const text = Object.keys(bundle).find((mime) => mime.startsWith('text/'))
  return text ? { mime: text, look: 'text', text: textOf(bundle[text], text) } : null
}

/** Notebooks keep long texts as a list of lines, and JSON as itself. */
function textOf(data: unknown, mime: string): string {
  if (mime === 'application/json') return pretty(data)
  if (typeof data === 'string') return data
  return Array.isArray(data) ? data.join('') : JSON.stringify(data)
}

function pretty(data: unknown): string {
  if (typeof data !== 'string') return JSON.stringify(data, null, 2)
  try {
    return JSON.stringify(JSON.parse(data), null, 2)
  } catch {
    return data // it said that it was JSON
  }
}
