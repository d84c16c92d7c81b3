import type { Schemas } from '../api/client'
import css from './ChildList.module.css'

type ChildProcess = Schemas['ChildProcess']

/** The processes that a step started, in that order. */
export function ChildList({ started, of }: { started: readonly ChildProcess[]; of: string }) {
  if (started.length === 0) return null
  return (
    <ul className={css.children} aria-label={`Processes started in ${of}`}>
      {started.map((child, index) => (
        // The order is what happened; it never changes.
        <li key={index} title={`in ${child.folder}`}>
          <code>{child.command.join(' ')}</code>
          <span className={css.end} data-failed={child.exitCode !== 0}>
            {child.exitCode === undefined ? 'still running' : `exit code ${child.exitCode}`}
          </span>
        </li>
      ))}
    </ul>
  )
}
