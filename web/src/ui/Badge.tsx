import type { ReactNode } from 'react'
import css from './Badge.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'muted' | 'live'

/** A word with a colour; the word alone says everything that the colour says. */
export function Badge({
  tone,
  title,
  children,
}: {
  tone: Tone
  title?: string
  children: ReactNode
}) {
  return (
    <span className={css.badge} data-tone={tone} title={title}>
      {children}
    </span>
  )
}
