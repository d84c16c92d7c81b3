import type { ReactNode } from 'react'

/** What may be larger than its place: it scrolls by itself and can be reached to do so by keyboard. */
export function Scroll({
  of,
  className,
  children,
}: {
  of: string
  className: string | undefined
  children: ReactNode
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without a focus the arrow keys cannot scroll it
    <div role="group" aria-label={of} tabIndex={0} className={className}>
      {children}
    </div>
  )
}
