import { AnsiUp } from 'ansi_up'
import { useMemo, useState } from 'react'
import { Button } from '../ui/Button'
import { plural } from '../ui/format'
import { Scroll } from '../ui/Scroll'
import css from './Ansi.module.css'

const LINES_AT_ONCE = 400

/** Text as a terminal shows it. Of a long one the first lines are drawn, the rest when asked for. */
export function Ansi({ text, tone, of }: { text: string; tone?: 'error'; of: string }) {
  const [whole, setWhole] = useState(false)
  const end = whole ? -1 : endOfLine(text, LINES_AT_ONCE)
  const shown = end < 0 ? text : text.slice(0, end)
  const html = useMemo(() => colours(shown), [shown])
  return (
    <>
      <Scroll of={of} className={css.scroll}>
        <pre
          className={css.text}
          data-tone={tone}
          // Ansi_up escapes all that is not its own.
          dangerouslySetInnerHTML={{ __html: html }}
        />
      </Scroll>
      {end >= 0 && (
        <Button look="quiet" onClick={() => setWhole(true)}>
          Show {plural(text.slice(end + 1).split('\n').length, 'more line')}
        </Button>
      )}
    </>
  )
}

/** Colours as class names, so that they fit light and dark; everything else escaped. */
export function colours(text: string): string {
  const ansi = new AnsiUp()
  ansi.use_classes = true
  return ansi.ansi_to_html(text)
}

/** Where the {@code count}th line ends; -1 if there are not so many. */
function endOfLine(text: string, count: number): number {
  let at = -1
  for (let line = 0; line < count; line++) {
    at = text.indexOf('\n', at + 1)
    if (at < 0) return -1
  }
  return at === text.length - 1 ? -1 : at
}
