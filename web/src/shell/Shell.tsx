import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { presence } from '../api/live'
import css from './Shell.module.css'
import { ThemeSwitch } from './ThemeSwitch'

/** What stands around every page. */
export function Shell() {
  return (
    <>
      <a className={css.skip} href="#main">
        Skip to the content
      </a>
      <header className={css.head}>
        <Link to="/runs" className={css.name}>
          <Mark />
          Reprise
        </Link>
        <nav aria-label="Pages">
          <Link to="/runs" className={css.page} activeOptions={{ includeSearch: false }}>
            Runs
          </Link>
          <Link to="/jobs" className={css.page} activeOptions={{ includeSearch: false }}>
            Jobs
          </Link>
        </nav>
        <span className={css.gap} />
        <ThemeSwitch />
      </header>
      <Presence />
      <main id="main" tabIndex={-1} className={css.main}>
        <Outlet />
      </main>
    </>
  )
}

/** Says so when the server is away, and looks again at what failed when it is back. */
function Presence() {
  const router = useRouter()
  const away = useQuery(presence).data === 'away'
  // Keeps failed pages in step with the server: what could not be loaded is loaded on its return.
  useEffect(() => {
    if (!away) void router.invalidate()
  }, [away, router])
  return (
    <div role="status" aria-live="polite">
      {away && (
        <p className={css.away}>
          The server does not answer; what you see may be old. Start it with{' '}
          <code>reprise server</code> if it is not running. This page connects again by itself.
        </p>
      )}
    </div>
  )
}

/** The sign that closes a repeated passage in a score. */
function Mark() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" className={css.mark}>
      <circle cx="4.5" cy="7" r="1.9" />
      <circle cx="4.5" cy="13" r="1.9" />
      <rect x="8.6" y="2" width="1.8" height="16" />
      <rect x="12.6" y="2" width="4.4" height="16" />
    </svg>
  )
}
