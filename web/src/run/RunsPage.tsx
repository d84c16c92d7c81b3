import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
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
        <RunsTable runs={runs} columns={shownColumns(runs, search.columns)} />
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

function isNarrowed({ experiment, status, text }: RunsSearch): boolean {
  return Boolean(experiment || status || text)
}
