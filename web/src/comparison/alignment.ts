import type { Step } from '../run/queries'

/** Steps that belong together; one side is left out where a step stands alone. */
export interface StepPair {
  left?: Step
  right?: Step
}

/**
 * Which steps of two runs belong together, by the rule of `reprise diff`: those of the same cell or
 * the same source, as many as there are in the same order in both; then what is left between two
 * such pairs, if both sides have as many; the rest stands alone.
 */
export function align(left: readonly Step[], right: readonly Step[]): StepPair[] {
  const longest = longestOfRests(left, right)
  const pairs: StepPair[] = []
  let gap = { left: 0, right: 0 }
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    const [a, b] = [left[i], right[j]]
    if (a && b && isSame(a, b)) {
      pairs.push(...between(left.slice(gap.left, i), right.slice(gap.right, j)))
      pairs.push({ left: a, right: b })
      i++
      j++
      gap = { left: i, right: j }
    } else if (longest(i + 1, j) >= longest(i, j + 1)) {
      i++
    } else {
      j++
    }
  }
  return [...pairs, ...between(left.slice(gap.left), right.slice(gap.right))]
}

/** What belongs together by nothing but its place. */
function between(left: readonly Step[], right: readonly Step[]): StepPair[] {
  if (left.length === right.length) {
    return left.map((step, at) => ({ left: step, ...(right[at] && { right: right[at] }) }))
  }
  return [...left.map((step) => ({ left: step })), ...right.map((step) => ({ right: step }))]
}

function isSame(left: Step, right: Step): boolean {
  return left.cell === right.cell || left.source === right.source
}

/** For each rest of both lists, how many pairs there can be in it at most. */
function longestOfRests(left: readonly Step[], right: readonly Step[]) {
  const width = right.length + 1
  const table = new Uint32Array((left.length + 1) * width)
  const at = (i: number, j: number) => table[i * width + j] ?? 0
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) {
      const [a, b] = [left[i], right[j]]
      table[i * width + j] =
        a && b && isSame(a, b) ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  return at
}
