import { Link } from '@tanstack/react-router'
import type { Schemas } from '../api/client'
import { LineDiff } from './LineDiff'
import css from './ReproductionPage.module.css'

type Divergence = Schemas['Divergence']

/** What differed, named shortly. */
export function DivergenceName({ divergence }: { divergence: Divergence }) {
  return (
    <>
      <span className={css.kind}>{divergence.kind}</span>{' '}
      <code className={css.what}>{divergence.what}</code>
    </>
  )
}

export function DivergenceView({
  divergence,
  run,
  replay,
}: {
  divergence: Divergence
  run: string
  replay: string | undefined
}) {
  const hash = `step-${divergence.step}`
  return (
    <div className={css.divergence}>
      <LineDiff
        expected={divergence.expected}
        actual={divergence.actual}
        of={`${divergence.what} of step ${divergence.step}`}
      />
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
