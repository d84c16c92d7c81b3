import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../ui/Button'
import { plural } from '../ui/format'
import { PolicyForm } from '../verification/PolicyForm'
import { shownColumns } from './columns'
import { FirstSteps } from './FirstSteps'
import { runsQuery } from './queries'
import { RunsFilter } from './RunsFilter'
import css from './RunsPage.module.css'
import { RunsTable } from './RunsTable'
import type { RunsSearch } from './search'

const route = getRouteApi('/runs')

/** All runs, newest first, as they happen. */
export function RunsPage() {
  const search = route.useSearch()
  const found = useSuspenseInfiniteQuery(runsQuery(search))
  const [chosen, setChosen] = useState<readonly string[]>([])
  const runs = found.data.pages.flatMap((page) => page.runs)
  const total = found.data.pages[0]?.total ?? 0
  return (
    <>
      <title>Runs · Reprise</title>
      <div className={css.heading}>
        <h1>Runs</h1>
        <p role="status">{plural(total, 'run')}</p>
      </div>
      <RunsFilter search={search} runs={runs} />
      {search.experiment && <PolicyForm experiment={search.experiment} />}
      {runs.length > 0 ? (
        <>
          <Comparing chosen={chosen} forget={() => setChosen([])} />
          <RunsTable
            runs={runs}
            columns={shownColumns(runs, search.columns)}
            chosen={chosen}
            choose={(now) => setChosen(now.slice(-2))}
          />
        </>
      ) : isNarrowed(search) ? (
        <p className={css.nothing}>No run is like that. Loosen the filter to see more.</p>
      ) : (
        <FirstSteps />
      )}
      {found.hasNextPage && (
        <p className={css.more}>
          <Button disabled={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
            Show older runs
          </Button>
        </p>
      )}
    </>
  )
}

/** Two runs that are ticked can be compared; a third takes the place of the first. */
function Comparing({ chosen, forget }: { chosen: readonly string[]; forget: () => void }) {
  const [a, b] = chosen
  if (!a) return null
  return (
    <p className={css.comparing} role="status">
      {b ? (
        <Link to="/compare" search={{ a, b }}>
          Compare <code>{a}</code> with <code>{b}</code>
        </Link>
      ) : (
        <span>
          Tick another run to compare <code>{a}</code> with.
        </span>
      )}
      <Button look="quiet" onClick={forget}>
        Forget
      </Button>
    </p>
  )
}

function isNarrowed({ experiment, status, judged, text }: RunsSearch): boolean {
  return Boolean(experiment || status || judged || text)
}
