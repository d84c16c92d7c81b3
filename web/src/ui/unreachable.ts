/** Stands where every kind has been dealt with: a kind added on the server fails the type check. */
export function unreachable(never: never): never {
  throw new Error(`not a known kind: ${JSON.stringify(never)}`)
}
