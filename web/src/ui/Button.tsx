import type { ButtonHTMLAttributes } from 'react'
import css from './Button.module.css'

interface Looks {
  look?: 'main' | 'plain' | 'quiet'
}

export function Button({
  look = 'plain',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & Looks) {
  return <button type="button" {...rest} className={css.button} data-look={look} />
}
