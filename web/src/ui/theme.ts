export type Theme = 'auto' | 'light' | 'dark'

const KEY = 'reprise-theme'
const NEXT: Record<Theme, Theme> = { auto: 'dark', dark: 'light', light: 'auto' }

/** What was last chosen in this browser; what the system says, if nothing was. */
export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

export function chooseTheme(theme: Theme) {
  localStorage.setItem(KEY, theme)
  showTheme(theme)
}

/** Call before anything is drawn, so that the page does not flash. */
export function showTheme(theme: Theme) {
  document.documentElement.dataset.theme = theme
}

export function themeAfter(theme: Theme): Theme {
  return NEXT[theme]
}
