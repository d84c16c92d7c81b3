/** What of a job is shown, as it stands in the address. */
export interface JobSearch {
  firing?: number
}

export function jobSearch(raw: Record<string, unknown>): JobSearch {
  const firing = Number(raw.firing)
  return Number.isInteger(firing) && firing > 0 ? { firing } : {}
}
