import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import type { Run, Step } from '../run/queries'
import { counterpart, divergedForm } from './counterpart'

const VERDICTS: Schemas['StepVerdict'][] = [
  { step: 1, verdict: 'IDENTICAL' },
  { step: 2, verdict: 'NOT_RUN' },
  { step: 3, verdict: 'DIVERGED' },
]
const REPLAY = { history: [{ step: 1 }, { step: 2 }] } as unknown as Run

test('counterpart_afterAStepStoppedByHand_isTheReplaysNext', () => {
  expect(counterpart(VERDICTS, REPLAY, 3)?.step).toBe(2)
})

test('counterpart_ofAStepThatWasNotReplayed_isNothing', () => {
  expect(counterpart(VERDICTS, REPLAY, 2)).toBeUndefined()
})

test('divergedForm_secondPictureOfAStep_isTheSecond', () => {
  const showing = (...pictures: string[]) =>
    ({
      outputs: pictures.map((it) => ({
        output_type: 'display_data',
        data: { 'image/png': it },
        metadata: {},
      })),
    }) as unknown as Step
  const divergences = ['first', 'second'].map((expected) => ({
    step: 3,
    kind: 'output' as const,
    what: 'image/png',
    expected,
    actual: '',
  }))
  const form =
    divergences[1] &&
    divergedForm(divergences, divergences[1], showing('a', 'b', 'c'), showing('a', 'x', 'y'))
  expect(form).toMatchObject({ left: 'c', right: 'y' })
})
