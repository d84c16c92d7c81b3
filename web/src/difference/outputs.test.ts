import { expect, test } from 'vitest'
import type { OutputRecord } from '../output/Output'
import { differingForms } from './outputs'

function stream(name: string, text: string): OutputRecord {
  return { output_type: 'stream', name, text } as OutputRecord
}

test('differingForms_streamsWrittenInTurns_areComparedEachAsOneText', () => {
  const inTurns = [stream('stdout', 'a'), stream('stderr', 'x'), stream('stdout', 'b')]
  const apart = [stream('stdout', 'ab'), stream('stderr', 'x')]
  expect(differingForms(inTurns, apart)).toEqual([])
})

test('differingForms_formOnOneSideOnly_standsBesideNothing', () => {
  expect(differingForms([stream('stdout', 'a')], [])).toEqual([
    { mime: 'text/plain', name: 'stdout', left: 'a', right: '' },
  ])
})
