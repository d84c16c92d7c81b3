import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client'
import { type Run, runQueries } from '../run/queries'
import { duration, plural } from '../ui/format'
import { Moment } from '../ui/Moment'
import { CausePanel } from './CausePanel'
import { DivergenceName, DivergenceView } from './DivergenceView'
import { isFaithful, Purpose } from './Purpose'
import { ReplayPanel } from './ReplayPanel'
import css from './ReproductionPage.module.css'
import { StepStrip } from './StepStrip'
import { meaningOf, toneOf, VerdictBadge, wordOf } from './VerdictBadge'

type Reproduction = Schemas['Reproduction']

const route = getRouteApi('/runs/$run/reproductions')

/** What the replays of a run showed. */
export function ReproductionPage() {
  const { run: id } = route.useParams()
  const { replay } = route.useSearch()
  const { data: run } = useSuspenseQuery(runQueries.whole(id))
  const { data: all } = useSuspenseQuery(runQueries.reproductions(id))
  const shown = all.find((it) => it.replay === replay) ?? all[0]
  return (
    <article>
      <title>{`${shown ? wordOf(shown.verdict) : 'Not replayed'} · ${run.experiment} · Reprise`}</title>
      <header className={css.head}>
        <p className={css.crumb}>
          <Link to="/runs" search={{ experiment: run.experiment }}>
            {run.experiment}
          </Link>{' '}
          /{' '}
          <Link to="/runs/$run" params={{ run: run.run }}>
            {run.name ?? run.run}
          </Link>
        </p>
        {shown ? <Headline reproduction={shown} /> : <NotReplayed />}
        <ReplayPanel run={run} verdict={false} />
      </header>
      <CausePanel
        run={run.run}
        replay={run.run === shown?.run ? shown.replay : shown?.run}
        diverged={shown?.verdict === 'DIVERGED' && isFaithful(shown)}
      />
      {shown && <Findings key={shown.at} reproduction={shown} run={run} />}
      {all.length > 1 && <History all={all} shown={shown} run={run.run} />}
    </article>
  )
}

function NotReplayed() {
  return (
    <div className={css.headline}>
      <h1>Not replayed yet</h1>
      <p>A replay executes the run again in a clean JVM and compares it step by step.</p>
    </div>
  )
}

function Headline({ reproduction }: { reproduction: Reproduction }) {
  const { verdict, why, compared, steps, tookMillis, at, replay } = reproduction
  return (
    <div className={css.headline}>
      <h1 data-tone={toneOf(verdict)}>{wordOf(verdict)}</h1>
      <p>{why ?? `${meaningOf(verdict)}.`}</p>
      <p className={css.facts}>
        {compared} of {plural(steps, 'step')} compared, in {duration(tookMillis)},{' '}
        <Moment at={at} />
        {replay && (
          <>
            , by replay{' '}
            <Link to="/runs/$run" params={{ run: replay }}>
              <code>{replay}</code>
            </Link>
          </>
        )}
      </p>
    </div>
  )
}

function Findings({ reproduction, run }: { reproduction: Reproduction; run: Run }) {
  const { divergences, normalisers, notCompared } = reproduction
  const [first, ...others] = divergences
  const steps =
    run.run === reproduction.run
      ? run.history.map((step) => step.step)
      : reproduction.verdicts.map((it) => it.step)
  return (
    <>
      <Purpose reproduction={reproduction} />
      <section className={css.part} aria-labelledby="steps">
        <h2 id="steps">Steps</h2>
        <StepStrip reproduction={reproduction} steps={steps} />
      </section>
      {first && (
        <section className={css.part} aria-labelledby="first">
          <h2 id="first">
            First divergence: step {first.step}, <DivergenceName divergence={first} />
          </h2>
          <DivergenceView divergence={first} reproduction={reproduction} />
        </section>
      )}
      {others.length > 0 && (
        <section className={css.part} aria-labelledby="others">
          <h2 id="others">{plural(others.length, 'more divergence')}</h2>
          {others.map((it, index) => (
            // A reproduction never changes.
            <details key={index} className={css.other}>
              <summary>
                Step {it.step}, <DivergenceName divergence={it} />
              </summary>
              <DivergenceView divergence={it} reproduction={reproduction} />
            </details>
          ))}
        </section>
      )}
      {normalisers.length > 0 && (
        <section className={css.part} aria-labelledby="normalisers">
          <h2 id="normalisers">The same only after normalising</h2>
          <ul className={css.list}>
            {byName(normalisers).map(([name, at]) => (
              <li key={name}>
                <code>{name}</code> in {at.length === 1 ? 'step' : 'steps'} {at.join(', ')}
              </li>
            ))}
          </ul>
        </section>
      )}
      {notCompared.length > 0 && (
        <section className={css.part} aria-labelledby="not-compared">
          <h2 id="not-compared">Not compared, and so not counted as the same</h2>
          <ul className={css.list}>
            {notCompared.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function byName(uses: Reproduction['normalisers']): [name: string, steps: number[]][] {
  const steps = new Map<string, number[]>()
  for (const { name, step } of uses) steps.set(name, [...(steps.get(name) ?? []), step])
  return [...steps]
}

function History({
  all,
  shown,
  run,
}: {
  all: readonly Reproduction[]
  shown: Reproduction | undefined
  run: string
}) {
  return (
    <section className={css.part} aria-labelledby="history">
      <h2 id="history">All {all.length} replays</h2>
      <ol className={css.history}>
        {all.map((it) => (
          <li key={it.at}>
            <Link
              to="/runs/$run/reproductions"
              params={{ run }}
              search={it.replay ? { replay: it.replay } : {}}
              aria-current={it === shown ? 'true' : undefined}
            >
              <VerdictBadge verdict={it.verdict} />
              <Moment at={it.at} />
              <span>{duration(it.tookMillis)}</span>
              <code>{it.replay ?? 'did not begin'}</code>
              {!isFaithful(it) && <span>{it.altered.length > 0 ? 'changed' : 'a part'}</span>}
            </Link>
          </li>
        ))}
      </ol>
    </section>
  )
}
