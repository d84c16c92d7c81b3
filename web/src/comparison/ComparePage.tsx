import { useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { LineChart } from '../run/LineChart'
import { type Run, runQueries, runsQuery } from '../run/queries'
import { metricSeries } from '../run/series'
import { Button } from '../ui/Button'
import { moment } from '../ui/format'
import css from './ComparePage.module.css'
import { type Comparison, compare, differs, isDifferent } from './comparison'
import { NamedTable } from './NamedTable'
import { idOf, StepPairs } from './StepPairs'

const route = getRouteApi('/compare')

/** Two runs beside each other: what differs first, and then everything by its kind. */
export function ComparePage() {
  const { a, b } = route.useLoaderData()
  const { data: left } = useSuspenseQuery(runQueries.whole(a))
  const { data: right } = useSuspenseQuery(runQueries.whole(b))
  const comparison = useMemo(() => compare(left, right), [left, right])
  return (
    <article>
      <title>{`${left.experiment}: two runs · Reprise`}</title>
      <header className={css.head}>
        <h1>Two runs compared</h1>
        <div className={css.runs}>
          <Side name="A" run={left} choose={(run) => ({ a: run, b })} />
          <Side name="B" run={right} choose={(run) => ({ a, b: run })} />
          <Exchange a={a} b={b} />
        </div>
        <First comparison={comparison} />
      </header>
      <NamedTable title="Parameters" all={comparison.parameters} numbers />
      <NamedTable title="Metrics" all={comparison.metrics} numbers />
      <Curves left={left} right={right} />
      <StepPairs pairs={comparison.pairs} />
      <NamedTable title="Values" all={comparison.values} numbers />
      <NamedTable title="Data read" all={comparison.data} />
      <NamedTable title="Environment" all={comparison.environment} />
    </article>
  )
}

/** One of the two, and the others of its experiment to put in its place. */
function Side({
  name,
  run,
  choose,
}: {
  name: string
  run: Run
  choose: (run: string) => { a: string; b: string }
}) {
  const navigate = useNavigate()
  const { data } = useSuspenseInfiniteQuery(
    runsQuery({ experiment: run.experiment, replays: true }),
  )
  const others = data.pages.flatMap((page) => page.runs)
  const known = others.some((it) => it.run === run.run)
  return (
    <div className={css.side}>
      <label>
        <span>{name}</span>
        <select
          aria-label={`Run ${name}`}
          value={run.run}
          onChange={(event) =>
            void navigate({ to: '/compare', search: choose(event.target.value) })
          }
        >
          {!known && <option value={run.run}>{run.run}</option>}
          {others.map((it) => (
            <option key={it.run} value={it.run}>
              {it.name ?? it.experiment} · {moment(it.startedAt)} · {it.run}
              {it.origin.kind === 'replay' ? ' (replay)' : ''}
            </option>
          ))}
        </select>
      </label>
      <Link to="/runs/$run" params={{ run: run.run }}>
        <code>{run.run}</code>
      </Link>
    </div>
  )
}

function Exchange({ a, b }: { a: string; b: string }) {
  const navigate = useNavigate()
  return (
    <Button onClick={() => void navigate({ to: '/compare', search: { a: b, b: a } })}>
      Exchange
    </Button>
  )
}

/** What a person would want to know before anything else. */
function First({ comparison }: { comparison: Comparison }) {
  const { pairs, parameters, data, environment } = comparison
  const first = pairs.find(differs)
  const before = [
    ...named('parameter', parameters),
    ...named('data', data),
    ...named('environment', environment),
  ]
  return (
    <p className={css.first} role="status">
      {first ? (
        <>
          The first cell that differs is{' '}
          <a href={`#${idOf(first)}`}>step {first.left?.step ?? first.right?.step}</a>
        </>
      ) : (
        'No cell differs, byte for byte'
      )}
      {before.length > 0 && <>; what went into them differs in {before.join(', ')}</>}.
    </p>
  )
}

const MOST_NAMES = 4

function named(kind: string, all: Comparison['data']): string[] {
  const names = all.filter(isDifferent).map((it) => it.name.split('/').pop() ?? it.name)
  if (names.length === 0) return []
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return [`${kind} ${names.slice(0, MOST_NAMES).join(', ')}${rest}`]
}

/** Metrics that were logged more than once, each as two lines in one picture. */
function Curves({ left, right }: { left: Run; right: Run }) {
  const others = new Map(metricSeries(right.history).map((it) => [it.name, it]))
  const both = metricSeries(left.history).flatMap((series) => {
    const beside = others.get(series.name)
    return beside && series.points.length + beside.points.length > 2 ? [{ series, beside }] : []
  })
  if (both.length === 0) return null
  return (
    <section className={css.part} aria-labelledby="curves">
      <h2 id="curves">
        Metrics over time <span>A is drawn, B is dashed</span>
      </h2>
      <div className={css.curves}>
        {both.map(({ series, beside }) => (
          <LineChart key={series.name} series={series} beside={beside} />
        ))}
      </div>
    </section>
  )
}
