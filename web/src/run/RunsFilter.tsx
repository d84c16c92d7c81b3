import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { possibleColumns, shownColumns } from './columns'
import { experimentsQuery, type RunSummary } from './queries'
import css from './RunsPage.module.css'
import { JUDGED, type Judged, type RunsSearch, runsSearch, STATUSES } from './search'

const WORDS: Record<Judged, string> = {
  VERIFIED: 'verified',
  DIVERGED: 'diverged',
  NOT_RUN: 'could not be replayed',
  NOT_YET: 'not replayed yet',
}

/** Narrows the runs by changing the address. */
export function RunsFilter({ search, runs }: { search: RunsSearch; runs: readonly RunSummary[] }) {
  const navigate = useNavigate({ from: '/runs' })
  const { data: experiments } = useSuspenseQuery(experimentsQuery)
  const text = useRef<HTMLInputElement>(null)
  // Keeps the field in step with the address when that changes by itself, as by the back button.
  useEffect(() => {
    if (text.current && text.current !== document.activeElement) {
      text.current.value = search.text ?? ''
    }
  }, [search.text])

  function change(part: Record<string, unknown>) {
    void navigate({ search: (old) => runsSearch({ ...old, ...part }), replace: true })
  }

  return (
    <search className={css.filter}>
      <input
        ref={text}
        type="search"
        aria-label="Text in id, name, experiment, parameters or values"
        placeholder="Search  /"
        aria-keyshortcuts="/"
        defaultValue={search.text}
        onChange={(event) => change({ text: event.target.value })}
      />
      <select
        aria-label="Experiment"
        value={search.experiment ?? ''}
        onChange={(event) => change({ experiment: event.target.value })}
      >
        <option value="">All experiments</option>
        {experiments.map(({ experiment, runs: count }) => (
          <option key={experiment} value={experiment}>
            {experiment} ({count})
          </option>
        ))}
      </select>
      <select
        aria-label="Status"
        value={search.status ?? ''}
        onChange={(event) => change({ status: event.target.value })}
      >
        <option value="">Any status</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {status.toLowerCase()}
          </option>
        ))}
      </select>
      <select
        aria-label="Verdict"
        value={search.judged ?? ''}
        onChange={(event) => change({ judged: event.target.value })}
      >
        <option value="">Any verdict</option>
        {JUDGED.map((judged) => (
          <option key={judged} value={judged}>
            {WORDS[judged]}
          </option>
        ))}
      </select>
      <label className={css.tick}>
        <input
          type="checkbox"
          checked={search.replays ?? false}
          onChange={(event) => change({ replays: event.target.checked })}
        />
        Replays
      </label>
      <ColumnChoice
        search={search}
        runs={runs}
        choose={(columns) => change({ columns: columns.join(',') })}
      />
    </search>
  )
}

function ColumnChoice({
  search,
  runs,
  choose,
}: {
  search: RunsSearch
  runs: readonly RunSummary[]
  choose: (columns: string[]) => void
}) {
  const possible = possibleColumns(runs)
  const shown = shownColumns(runs, search.columns).map((it) => it.name)
  if (possible.length === 0) return null
  return (
    <details className={css.choice}>
      <summary>Columns</summary>
      <fieldset>
        <legend>Parameters and values in columns</legend>
        {possible.map(({ name, of }) => (
          <label key={name} className={css.tick}>
            <input
              type="checkbox"
              checked={shown.includes(name)}
              onChange={(event) =>
                choose(event.target.checked ? [...shown, name] : shown.filter((it) => it !== name))
              }
            />
            <code>{name}</code> <small>{of === 'values' ? 'value' : 'parameter'}</small>
          </label>
        ))}
      </fieldset>
    </details>
  )
}
