import { useState } from 'react'
import css from './Copy.module.css'

/** Something short on the screen that is copied whole: a digest, an id, a command. */
export function Copy({ text, shown = text, of }: { text: string; shown?: string; of: string }) {
  const [copied, setCopied] = useState(false)
  async function copy() {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <button type="button" className={css.copy} title={`${text} – click to copy`} onClick={copy}>
      <code>{shown}</code>
      <span className={css.sign} data-copied={copied} aria-hidden="true" />
      <span className={css.hidden}>
        {', '}
        {copied ? 'copied' : `copy ${of}`}
      </span>
    </button>
  )
}
