import { VerdictBadge } from '../reproduction/VerdictBadge'
import type { RunSummary } from '../run/queries'
import css from './RunVerdict.module.css'
import { VerificationBadge } from './VerificationBadge'

/** What replays said of a run, in one line; else how far that is. */
export function RunVerdict({ run }: { run: RunSummary }) {
  if (run.verdict) {
    return (
      <>
        <VerdictBadge verdict={run.verdict} />
        {run.divergedAt && <span className={css.where}>at step {run.divergedAt}</span>}
        {run.cause && <span className={css.where}>{run.cause}</span>}
      </>
    )
  }
  if (run.verification) return <VerificationBadge verification={run.verification} />
  return <span className={css.none}>–</span>
}
