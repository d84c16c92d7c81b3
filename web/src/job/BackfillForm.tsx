import { useState } from 'react'
import { answer, api, type Schemas } from '../api/client'
import { Button } from '../ui/Button'
import { plural } from '../ui/format'
import css from './JobPage.module.css'
import { useChange } from './queries'

const SHOWN = 24

type Backfill = Schemas['Backfill']

/** Makes up for the times of a stretch, once it has been seen which these are. */
export function BackfillForm({ job }: { job: string }) {
  const [seen, see] = useState<Backfill>()
  const ask = useChange(job, async ({ asked, preview }: { asked: Backfill; preview: boolean }) => {
    const told = await answer(
      api.POST('/api/jobs/{job}/backfills', {
        params: { path: { job }, query: { preview } },
        body: asked,
      }),
    )
    see(preview ? told : undefined)
  })
  return (
    <details>
      <summary>Backfill</summary>
      <form
        className={css.form}
        onChange={() => see(undefined)}
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate({ asked: stretchIn(event.currentTarget), preview: seen === undefined })
        }}
      >
        <label>
          From
          <input type="datetime-local" name="from" required />
        </label>
        <label>
          To
          <input type="datetime-local" name="to" required />
        </label>
        <label>
          Order
          <select name="order">
            <option value="oldest">oldest first</option>
            <option value="newest">newest first</option>
          </select>
        </label>
        <Button
          type="submit"
          look={seen ? 'main' : 'plain'}
          disabled={ask.isPending || seen?.times?.length === 0}
        >
          {seen ? 'Do it' : 'Preview'}
        </Button>
        <p role="status" className={ask.error ? css.failed : undefined}>
          {ask.error
            ? ask.error.message
            : seen
              ? `${plural(seen.times?.length ?? 0, 'time')}, of which ${seen.known ?? 0} ran before and will not run again.`
              : ask.isSuccess
                ? 'They wait for their turn.'
                : undefined}
        </p>
        {seen?.times && seen.times.length > 0 && (
          <ol className={css.times} aria-label="Times that it would make up for">
            {seen.times.slice(0, SHOWN).map((time) => (
              <li key={time}>
                <time dateTime={time}>{new Date(time).toLocaleString()}</time>
              </li>
            ))}
            {seen.times.length > SHOWN && <li>and {seen.times.length - SHOWN} more</li>}
          </ol>
        )}
      </form>
    </details>
  )
}

function stretchIn(form: HTMLFormElement): Backfill {
  const fields = new FormData(form)
  const instant = (name: string) => new Date(String(fields.get(name))).toISOString()
  return {
    from: instant('from'),
    to: instant('to'),
    newestFirst: fields.get('order') === 'newest',
  }
}
