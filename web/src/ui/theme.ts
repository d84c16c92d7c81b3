export type Theme = 'system' | 'light' | 'dark'

const KEY = 'reprise-theme'
const NEXT: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' }

/** What was last chosen in this browser; what the system says, if nothing was. */
export function chosenTheme(): Theme {
  const kept = localStorage.getItem(KEY)
  return kept === 'light' || kept === 'dark' ? kept : 'system'
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
