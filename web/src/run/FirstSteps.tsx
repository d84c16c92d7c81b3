import { Copy } from '../ui/Copy'
import css from './RunsPage.module.css'

const STEPS = [
  ['bin/reprise kernel install', 'once: adds the Java kernel “Reprise” to Jupyter'],
  ['jupyter lab', 'open a notebook, choose that kernel, run a cell: it appears here'],
  ['bin/reprise run notebook.ipynb', 'or run a whole notebook without Jupyter'],
] as const

/** What to do when nothing was recorded yet. */
export function FirstSteps() {
  return (
    <section className={css.first}>
      <h2>Nothing has been recorded yet</h2>
      <p>
        Nothing has to be added to a notebook. Three commands, and its runs appear on this page:
      </p>
      <ol>
        {STEPS.map(([command, does]) => (
          <li key={command}>
            <Copy text={command} of="the command" />
            <span>{does}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
