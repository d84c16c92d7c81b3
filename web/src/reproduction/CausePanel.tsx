import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client'
import { runQueries } from '../run/queries'
import { Button } from '../ui/Button'
import { Copy } from '../ui/Copy'
import { duration } from '../ui/format'
import { Moment } from '../ui/Moment'
import { Scroll } from '../ui/Scroll'
import css from './CausePanel.module.css'
import page from './ReproductionPage.module.css'
import { useReplays } from './replays'

type Explanation = Schemas['Explanation']
type Intervention = Schemas['Intervention']

/** Why the run came out otherwise than a replay, or than another run, with the replays that prove it. */
export function CausePanel({
  run,
  replay,
  diverged,
}: {
  run: string
  replay: string | undefined
  diverged: boolean
}) {
  const { data: all } = useSuspenseQuery(runQueries.explanations(run))
  const latest = latestOfEachPair(all)
  const isOfReplay = (it: Explanation) => replay !== undefined && otherThan(run, it) === replay
  const ofReplay = latest.find(isOfReplay)
  const shown = [
    ...(ofReplay ? [ofReplay] : []),
    ...latest.filter((it) => !isOfReplay(it) && it.step !== undefined),
  ]
  return (
    <>
      {diverged && !ofReplay && <NotSearched run={run} />}
      {shown.map((it) => (
        <Cause key={it.at} explanation={it} run={run} />
      ))}
    </>
  )
}

function NotSearched({ run }: { run: string }) {
  const { start, underWay } = useReplays(run)
  return (
    <section className={page.part} aria-labelledby="cause">
      <h2 id="cause">The cause was not searched for</h2>
      <p className={css.facts}>
        It is found by replays with one thing at a time as it was in the other run; this takes as
        long as some ten of them. On the command line:{' '}
        <Copy text={`reprise explain ${run}`} of="the command" />
      </p>
      <p>
        <Button
          disabled={underWay !== undefined || start.isPending}
          onClick={() => start.mutate('CAUSE')}
        >
          Find the cause
        </Button>
      </p>
    </section>
  )
}

function Cause({ explanation, run }: { explanation: Explanation; run: string }) {
  const { at, cause, why, step, interventions, tookMillis } = explanation
  const id = `cause-${at}`
  const other = otherThan(run, explanation)
  return (
    <section className={page.part} aria-labelledby={id}>
      <h2 id={id}>
        {step === undefined ? 'No difference' : cause ? `Cause: ${cause}` : 'No cause was proved'}
      </h2>
      {why && <p>{sentence(why)}</p>}
      <p className={css.facts}>
        Beside{' '}
        <Link to="/runs/$run" params={{ run: other }}>
          <code>{other}</code>
        </Link>
        {step !== undefined && <>, the first step that came out otherwise is step {step}</>}; found
        in {duration(tookMillis)}, <Moment at={at} />
      </p>
      {interventions.length > 0 && (
        <Scroll of="Replays that were made to find the cause" className={css.scroll}>
          <table className={css.interventions}>
            <thead>
              <tr>
                <th scope="col">Swapped</th>
                <th scope="col">What</th>
                <th scope="col">Came out</th>
                <th scope="col">Replay</th>
              </tr>
            </thead>
            <tbody>
              {interventions.map((it, index) => (
                // An explanation never changes.
                <tr key={index}>
                  <th scope="row">{it.factor}</th>
                  <td>{it.what || 'all as it was'}</td>
                  <td data-tone={it.asOther ? 'bad' : undefined}>{outcome(it)}</td>
                  <td>{it.replay && <ReplayLink replay={it.replay} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

function ReplayLink({ replay }: { replay: string }) {
  return (
    <Link to="/runs/$run" params={{ run: replay }}>
      <code>{replay}</code>
    </Link>
  )
}

/** As people say what a replay with something swapped showed. */
function outcome({ asOther, verdict, of }: Intervention): string {
  if (asOther) return 'as the other run had'
  if (verdict === 'IDENTICAL') return `as ${of} had`
  return verdict === 'NOT_RUN' ? 'not at all' : 'as neither had'
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

function otherThan(run: string, { run: one, other }: Explanation): string {
  return one === run ? other : one
}

/** A newer search for the same two runs says more than an older one. */
function latestOfEachPair(all: readonly Explanation[]): Explanation[] {
  const latest = new Map<string, Explanation>()
  for (const it of all) {
    const pair = [it.run, it.other].sort().join()
    if (!latest.has(pair)) latest.set(pair, it)
  }
  return [...latest.values()]
}
