import type { Schemas } from '../api/client'
import { Copy } from '../ui/Copy'
import { fileName, shortDigest, size } from '../ui/format'
import css from './DataList.module.css'

type Data = Schemas['Data']

const WORDS: Record<Data['direction'], string> = {
  READ: 'read',
  WRITTEN: 'written',
  DELETED: 'deleted',
  LISTED: 'listed',
  LOOKED_AT: 'looked at',
  MISSED: 'not found',
  RECEIVED: 'received',
  CONNECTED: 'connected to',
  REFUSED: 'out of reach',
}

/** Where a size says something about the file as it is. */
const SIZED = new Set<Data['direction']>(['READ', 'WRITTEN', 'LOOKED_AT', 'RECEIVED'])

/** Of a file its name, of all else the whole of it: what stands last in a URL says little. */
function shortName(it: Data): string {
  return it.path.startsWith('/') ? fileName(it.path) : it.path
}

/** What came of a request, beside its URL. */
function answer(it: Data): string | undefined {
  const reply = it.reply
  if (!reply) return undefined
  const exception = reply.failure?.exception.split('.').pop()
  return `${reply.method} ${reply.status ?? exception ?? 'no reply'}`
}

/** The data that a step touched, in the order in which it did. */
export function DataList({ data, of }: { data: readonly Data[]; of: string }) {
  if (data.length === 0) return null
  return (
    <ul className={css.data} aria-label={`Data of ${of}`}>
      {data.map((it, index) => (
        // The order is what happened; it never changes.
        <li key={index} data-direction={it.direction}>
          <span className={css.direction}>{WORDS[it.direction]}</span>
          <span className={css.path} title={it.path}>
            {shortName(it)}
          </span>
          {it.reply && <span className={css.size}>{answer(it)}</span>}
          {SIZED.has(it.direction) && <span className={css.size}>{size(it.size)}</span>}
          {it.digest && <Copy text={it.digest} shown={shortDigest(it.digest)} of="the SHA-256" />}
          {it.digest && !it.digestOnly && (
            <a href={`/api/blobs/${it.digest}`} download={fileName(it.path)}>
              download<span className={css.hidden}> {shortName(it)}</span>
            </a>
          )}
          {it.note && <span className={css.note}>{it.note}</span>}
        </li>
      ))}
    </ul>
  )
}
