import { Link } from '@tanstack/react-router'
import { duration } from '../ui/format'
import type { Step } from './queries'
import css from './StepNav.module.css'
import { TimeBar } from './TimeBar'

/** The steps at a glance: which was slow, which failed, and the way to each. */
export function StepNav({ steps, longest }: { steps: readonly Step[]; longest: number }) {
  return (
    <nav aria-label="Steps" className={css.nav}>
      <details open={matchMedia('(width >= 900px)').matches}>
        <summary>
          <h2>Steps</h2>
        </summary>
        <ol>
          {steps.map((step) => (
            <li key={step.step}>
              <Link
                to="."
                hash={`step-${step.step}`}
                className={css.step}
                data-state={stateOf(step)}
              >
                <span className={css.number}>{step.step}</span>
                <span className={css.line}>{firstLine(step.source)}</span>
                <TimeBar share={(step.tookNanos ?? 0) / longest} />
                <span className={css.took}>
                  {step.tookNanos === undefined ? '…' : duration(step.tookNanos / 1e6)}
                </span>
              </Link>
            </li>
          ))}
        </ol>
      </details>
    </nav>
  )
}

function stateOf(step: Step): string {
  return step.outcome?.kind ?? 'running'
}

function firstLine(source: string): string {
  const lines = source.split('\n').map((line) => line.trim())
  return lines.find((line) => line !== '' && !line.startsWith('import ')) ?? lines[0] ?? ''
}
