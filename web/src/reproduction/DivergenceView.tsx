import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client'
import { FormDiff } from '../difference/FormDiff'
import { LineDiff } from '../difference/LineDiff'
import { runQueries } from '../run/queries'
import { counterpart, divergedForm } from './counterpart'
import css from './ReproductionPage.module.css'

type Divergence = Schemas['Divergence']
type Reproduction = Schemas['Reproduction']

/** What differed, named shortly. */
export function DivergenceName({ divergence }: { divergence: Divergence }) {
  return (
    <>
      <span className={css.kind}>{divergence.kind}</span>{' '}
      <code className={css.what}>{divergence.what}</code>
    </>
  )
}

const SHOWN: ReadonlySet<Divergence['kind']> = new Set(['output', 'result'] as const)
const NAMES = { left: 'Expected', right: 'Actual' }

function nameOf({ what, step }: Divergence): string {
  return `${what} of step ${step}`
}

/** As far as the verdict quotes it. */
function Told({ divergence }: { divergence: Divergence }) {
  const { kind, what, expected, actual } = divergence
  const isText = kind === 'output' && !what.includes('/')
  return isText ? (
    <FormDiff
      mime="text/plain"
      left={expected}
      right={actual}
      names={NAMES}
      of={nameOf(divergence)}
    />
  ) : (
    <LineDiff expected={expected} actual={actual} of={nameOf(divergence)} />
  )
}

/** What both runs showed, which a verdict quotes only in part: a picture, a table. */
function Whole({
  divergence,
  reproduction,
  replay,
}: {
  divergence: Divergence
  reproduction: Reproduction
  replay: string
}) {
  const left = useQuery(runQueries.whole(reproduction.run))
  const right = useQuery(runQueries.whole(replay))
  // A verdict outlives its replay: where that is gone, what the verdict quotes is all there is.
  if (left.isPending || right.isPending) {
    return <p className={css.both}>Fetching what both showed …</p>
  }
  const before = left.data?.history.find((it) => it.step === divergence.step)
  const now = right.data && counterpart(reproduction.verdicts, right.data, divergence.step)
  const form = before && now && divergedForm(reproduction.divergences, divergence, before, now)
  if (!form) return <Told divergence={divergence} />
  return <FormDiff {...form} names={NAMES} of={nameOf(divergence)} />
}

export function DivergenceView({
  divergence,
  reproduction,
}: {
  divergence: Divergence
  reproduction: Reproduction
}) {
  const { run, replay } = reproduction
  const hash = `step-${divergence.step}`
  return (
    <div className={css.divergence}>
      {replay && divergence.what.includes('/') && SHOWN.has(divergence.kind) ? (
        <Whole divergence={divergence} reproduction={reproduction} replay={replay} />
      ) : (
        <Told divergence={divergence} />
      )}
      {divergence.cause && <p>Cause: {divergence.cause}</p>}
      <p className={css.both}>
        Step {divergence.step} in the{' '}
        <Link to="/runs/$run" params={{ run }} hash={hash}>
          original
        </Link>
        {replay && (
          <>
            {' '}
            and in the{' '}
            <Link to="/runs/$run" params={{ run: replay }} hash={hash}>
              replay
            </Link>
          </>
        )}
      </p>
    </div>
  )
}
