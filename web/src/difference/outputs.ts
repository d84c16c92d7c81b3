import type { OutputRecord } from '../output/Output'

/** One form of something that a step showed, beside the same form in the other run. */
export interface FormPair {
  /** A mime type; streams and errors are plain text. */
  mime: string
  /** What a person calls it: a stream, an error, a mime type. */
  name: string
  left: string
  right: string
}

interface Form {
  mime: string
  name: string
  text: string
}

/** Every form that differs or stands on one side alone, in order; an empty list if all is the same. */
export function differingForms(
  left: readonly OutputRecord[],
  right: readonly OutputRecord[],
): FormPair[] {
  const a = untangled(left).flatMap(formsOf)
  const b = untangled(right).flatMap(formsOf)
  const pairs: FormPair[] = []
  for (const form of a) {
    const at = b.findIndex((it) => it.name === form.name)
    const [other] = at < 0 ? [] : b.splice(at, 1)
    if (other?.text !== form.text) pairs.push(pair(form, form.text, other?.text ?? ''))
  }
  return [...pairs, ...b.map((form) => pair(form, '', form.text))]
}

/** Two streams written in turns interleave by chance; each for itself does not, and is one text. */
function untangled(outputs: readonly OutputRecord[]): OutputRecord[] {
  const streams = new Map<string, string>()
  for (const it of outputs) {
    if (it.output_type === 'stream') streams.set(it.name, (streams.get(it.name) ?? '') + it.text)
  }
  return [
    ...[...streams].map(([name, text]) => ({ output_type: 'stream' as const, name, text })),
    ...outputs.filter((it) => it.output_type !== 'stream'),
  ]
}

function pair({ mime, name }: Form, left: string, right: string): FormPair {
  return { mime, name, left, right }
}

function formsOf(output: OutputRecord): Form[] {
  switch (output.output_type) {
    case 'stream':
      return [{ mime: 'text/plain', name: output.name, text: output.text }]
    case 'stream_rest':
      return [{ mime: 'text/plain', name: `rest of ${output.name}`, text: output.digest }]
    case 'error':
      return [{ mime: 'text/plain', name: 'error', text: [output.ename, output.evalue].join(': ') }]
    case 'clear_output':
      return []
    default:
      return Object.entries(output.data).map(([mime, data]) => ({
        mime,
        name: mime,
        text: textOf(data),
      }))
  }
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  return Array.isArray(data) ? data.join('') : JSON.stringify(data, null, 2)
}
