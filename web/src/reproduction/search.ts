/** Which reproduction is shown, by its replay; left out, the latest. */
export interface ReproductionSearch {
  replay?: string
}

export function reproductionSearch(given: Record<string, unknown>): ReproductionSearch {
  return typeof given.replay === 'string' && given.replay ? { replay: given.replay } : {}
}
