import { lazy, Suspense } from 'react'
import type { Schemas } from '../api/client'
import { size } from '../ui/format'
import { unreachable } from '../ui/unreachable'
import { Ansi } from './Ansi'
import { type Bundle, richest } from './bundle'
import css from './Output.module.css'
import { Sandboxed } from './Sandboxed'

const Markdown = lazy(() => import('./Markdown'))

export type OutputRecord = Schemas['Output']

/** One output of a step. {@code of} names it for those who do not see it. */
export function Output({ output, of }: { output: OutputRecord; of: string }) {
  switch (output.output_type) {
    case 'stream':
      return (
        <div className={css.stream} data-name={output.name}>
          <Ansi text={output.text} of={`${output.name}, ${of}`} />
        </div>
      )
    case 'stream_rest':
      return (
        <p className={css.note}>
          The rest of {output.name}, {size(output.size)}, is kept:{' '}
          <a href={`/api/blobs/${output.digest}`} download={`${output.name}.txt`}>
            download
          </a>
        </p>
      )
    case 'execute_result':
    case 'display_data':
    case 'update_display_data':
      return <Displayed data={output.data} of={of} />
    case 'error':
      return (
        <Ansi
          tone="error"
          text={output.traceback.join('\n') || `${output.ename}: ${output.evalue}`}
          of={`error, ${of}`}
        />
      )
    case 'clear_output':
      return null // what it took back is not among the outputs any more
    default:
      return unreachable(output)
  }
}

function Displayed({ data, of }: { data: Bundle; of: string }) {
  const form = richest(data)
  if (!form) {
    return <p className={css.note}>There is no way here to show {Object.keys(data).join(', ')}.</p>
  }
  switch (form.look) {
    case 'frame':
    case 'svg':
      return <Sandboxed html={form.text} of={`${form.mime}, ${of}`} />
    case 'script':
      return <Sandboxed html={`<script>${form.text}</script>`} of={`${form.mime}, ${of}`} />
    case 'markdown':
      return (
        <Suspense fallback={null}>
          <Markdown text={form.text} />
        </Suspense>
      )
    case 'image':
      return (
        <img
          className={css.image}
          src={`data:${form.mime};base64,${form.text}`}
          alt={altOf(data) ?? `${form.mime}, ${of}`}
        />
      )
    case 'json':
    case 'text':
      return <Ansi text={form.text} of={`${form.mime}, ${of}`} />
    default:
      return unreachable(form.look)
  }
}

/** The plain form says what is drawn, if somebody took the trouble; kernels write object names. */
function altOf(data: Bundle): string | undefined {
  const plain = data['text/plain']
  return typeof plain === 'string' && !plain.includes('@') ? plain.slice(0, 200) : undefined
}
