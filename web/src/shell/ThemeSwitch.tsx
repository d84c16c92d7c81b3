import { useState } from 'react'
import { Button } from '../ui/Button'
import { chooseTheme, chosenTheme, type Theme, themeAfter } from '../ui/theme'

const SIGNS: Record<Theme, string> = { auto: '◐', light: '○', dark: '●' }

/** Goes round: as the system has it, dark, light. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(chosenTheme)
  function turn() {
    const next = themeAfter(theme)
    chooseTheme(next)
    setTheme(next)
  }
  return (
    <Button look="quiet" onClick={turn} aria-label={`Colours: ${theme}. Change`}>
      <span aria-hidden="true">{SIGNS[theme]}</span> {theme}
    </Button>
  )
}
