import { expect, test } from 'vitest'
import { cellText, possibleColumns, shownColumns } from './columns'
import type { RunSummary } from './queries'

function run(parameters: Record<string, string>, values: Record<string, string> = {}): RunSummary {
  return {
    run: 'r-1',
    experiment: 'iris',
    session: 's-1',
    origin: { kind: 'headless' },
    status: 'SUCCEEDED',
    startedAt: '2026-11-22T10:00:00Z',
    steps: 1,
    tookMillis: 1,
    parameters,
    values,
  }
}

test('shownColumns_withoutChoice_areTheMostCommonParameters', () => {
  const runs = [run({ seed: '1' }), run({ rate: '0.1', seed: '2' }, { accuracy: '0.9' })]
  expect(shownColumns(runs, undefined).map((it) => it.name)).toEqual(['seed', 'rate'])
})

test('shownColumns_chosen_mayBeValuesToo', () => {
  const runs = [run({ seed: '1' }, { accuracy: '0.9', seed: '1' })]
  expect(shownColumns(runs, 'accuracy,gone').map((it) => it.name)).toEqual(['accuracy'])
  expect(shownColumns(runs, '')).toEqual([])
})

test('possibleColumns_ofAParameterThatIsAlsoAValue_haveItOnce', () => {
  const columns = possibleColumns([run({ seed: '1' }, { seed: '1', accuracy: '0.9' })])
  expect(columns.map((it) => `${it.of}.${it.name}`)).toEqual(['parameters.seed', 'values.accuracy'])
})

test('cellText_ofAStringConstant_hasNoQuotes', () => {
  expect(cellText(run({ file: '"a.csv"' }), { name: 'file', of: 'parameters' })).toBe('a.csv')
  expect(cellText(run({}), { name: 'file', of: 'parameters' })).toBe('')
})
