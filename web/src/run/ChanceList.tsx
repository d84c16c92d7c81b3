import type { Schemas } from '../api/client'
import css from './ChanceList.module.css'

/** What of a step was random or read from the clock, and what of it a replay cannot have again. */
export function ChanceList({ chance, of }: { chance: Schemas['Chance'] | undefined; of: string }) {
  if (!chance) return null
  return (
    <div className={css.chance}>
      <ul className={css.sources} aria-label={`Chance of ${of}`}>
        <li className={css.label} title={`Set from the seed ${chance.seed}`}>
          chance
        </li>
        {chance.used.map((source) => (
          <li key={source}>{source}</li>
        ))}
      </ul>
      {chance.notes.map((note) => (
        <p key={note} className={css.note}>
          {note}
        </p>
      ))}
    </div>
  )
}
