import type { Schemas } from '../api/client'
import { differingForms, type FormPair } from '../difference/outputs'
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

/** What both steps showed where they diverged; of two forms of one name, the one that is meant. */
export function divergedForm(
  divergences: readonly Schemas['Divergence'][],
  divergence: Schemas['Divergence'],
  before: Step,
  now: Step,
): FormPair | undefined {
  const namesakes = (it: { step: number; what: string; kind: string }) =>
    it.step === divergence.step && it.what === divergence.what && it.kind === divergence.kind
  const forms = differingForms(before.outputs, now.outputs).filter(
    (it) => it.name === divergence.what,
  )
  return forms[divergences.filter(namesakes).indexOf(divergence)] ?? forms[0]
}
