import type { Schemas } from '../api/client'
import type { Run, Step } from '../run/queries'

/**
 * What became of a step in the replay. A replay counts its own steps: one that was stopped by hand,
 * or is left out of a replay in part, is not among them.
 */
export function counterpart(
  verdicts: readonly Schemas['StepVerdict'][],
  replay: Run,
  step: number,
): Step | undefined {
  const replayed = verdicts.filter((it) => it.verdict !== 'NOT_RUN')
  return replay.history[replayed.findIndex((it) => it.step === step)]
}
