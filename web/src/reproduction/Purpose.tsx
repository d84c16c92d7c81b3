import type { Schemas } from '../api/client'
import { plural } from '../ui/format'
import css from './ReproductionPage.module.css'

type Reproduction = Schemas['Reproduction']

/** Whether a replay was of the whole run and was to be the same, so that it says something of it. */
export function isFaithful({ altered, excerpt }: Reproduction): boolean {
  return altered.length === 0 && !excerpt
}

/** In what a replay was meant to be otherwise than the run, if in anything. */
export function Purpose({ reproduction }: { reproduction: Reproduction }) {
  const { altered, excerpt } = reproduction
  return (
    <>
      {altered.length > 0 && (
        <section className={css.part} aria-labelledby="altered">
          <h2 id="altered">Changed on purpose, so steps may well come out otherwise</h2>
          <ul className={css.list}>
            {altered.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      {excerpt && <Excerpt excerpt={excerpt} />}
    </>
  )
}

function Excerpt({ excerpt }: { excerpt: Schemas['Excerpt'] }) {
  const { to, leftOut, unproved, hiddenState } = excerpt
  return (
    <section className={css.part} aria-labelledby="excerpt">
      <h2 id="excerpt">
        {leftOut.length > 0 ? `Only what step ${to} needs` : `Only up to step ${to}`}
      </h2>
      <ul className={css.list}>
        {leftOut.length > 0 && (
          <li>
            {plural(leftOut.length, 'step')} left out: {leftOut.join(', ')}
          </li>
        )}
        {unproved && <li>{unproved}</li>}
        {hiddenState.map((line) => (
          <li key={line}>Hidden state: {line}</li>
        ))}
      </ul>
    </section>
  )
}
