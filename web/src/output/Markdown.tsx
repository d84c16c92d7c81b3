import DOMPurify from 'dompurify'
import MarkdownIt from 'markdown-it'
import { useMemo } from 'react'
import css from './Output.module.css'

const markdown = new MarkdownIt({ html: false, linkify: true })

/** Recorded prose. Its links open elsewhere and learn nothing of this page. */
export default function Markdown({ text }: { text: string }) {
  const html = useMemo(() => safeHtml(text), [text])
  // Purified in safeHtml.
  return <div className={css.prose} dangerouslySetInnerHTML={{ __html: html }} />
}

/** HTML of {@code text} that holds no script, style or form, whatever stands in it. */
export function safeHtml(text: string): string {
  const fragment = DOMPurify.sanitize(markdown.render(text), {
    FORBID_TAGS: ['style', 'form', 'input'],
    RETURN_DOM_FRAGMENT: true,
  })
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
  }
  const box = document.createElement('div')
  box.append(fragment)
  return box.innerHTML
}
