import { expect, test } from 'vitest'
import type { Schemas } from '../api/client'
import type { Run } from '../run/queries'
import { counterpart } from './counterpart'

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
