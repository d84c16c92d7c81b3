import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client'
import css from './StepStrip.module.css'
import { toneOf, type Verdict, wordOf } from './VerdictBadge'

/** Every step of a run as a square with the colour of its verdict; each leads to its step. */
export function StepStrip({
  reproduction,
  steps,
}: {
  reproduction: Schemas['Reproduction']
  steps: readonly number[]
}) {
  const verdicts = new Map(reproduction.verdicts.map((it) => [it.step, it.verdict]))
  return (
    <ol className={css.strip} aria-label="Verdict on each step">
      {steps.map((step) => {
        const verdict: Verdict = verdicts.get(step) ?? 'NOT_RUN'
        const words = `Step ${step}: ${wordOf(verdict).toLowerCase()}`
        return (
          <li key={step}>
            <Link
              to="/runs/$run"
              params={{ run: reproduction.run }}
              hash={`step-${step}`}
              className={css.square}
              data-tone={toneOf(verdict)}
              title={words}
              aria-label={words}
            >
              {step}
            </Link>
          </li>
        )
      })}
    </ol>
  )
}
