import { memo, useMemo } from 'react'
import { Scroll } from '../ui/Scroll'
import { highlight } from './highlight'
import css from './JavaSource.module.css'

/** A cell's source, drawn once for as long as it stays the same. */
export const JavaSource = memo(function JavaSource({ source, of }: { source: string; of: string }) {
  const pieces = useMemo(() => highlight(source), [source])
  let at = 0
  return (
    <Scroll of={`Source of ${of}`} className={css.source}>
      <pre>
        <code>
          {pieces.map(({ text, kind }) => {
            const key = at
            at += text.length
            return kind ? (
              <span key={key} className={css[kind]}>
                {text}
              </span>
            ) : (
              text
            )
          })}
        </code>
      </pre>
    </Scroll>
  )
})
