/** A line beside its counterpart; a side without one is undefined. */
export interface DiffRow {
  kind: 'same' | 'changed' | 'removed' | 'added'
  left?: string
  right?: string
}

const MOST_CELLS = 4_000_000

/** The lines of two texts beside each other, with as many of them equal as can be. */
export function diffLines(expected: string, actual: string): DiffRow[] {
  const left = expected.split('\n')
  const right = actual.split('\n')
  const head = sameFrom(left, right)
  const tail = Math.min(
    sameFrom([...left].reverse(), [...right].reverse()),
    Math.min(left.length, right.length) - head,
  )
  const a = left.slice(head, left.length - tail)
  const b = right.slice(head, right.length - tail)
  return [
    ...left.slice(0, head).map(same),
    ...paired(a.length * b.length > MOST_CELLS ? allDifferent(a, b) : walked(a, b)),
    ...left.slice(left.length - tail).map(same),
  ]
}

function same(line: string): DiffRow {
  return { kind: 'same', left: line, right: line }
}

function sameFrom(left: readonly string[], right: readonly string[]): number {
  let count = 0
  while (count < left.length && count < right.length && left[count] === right[count]) count++
  return count
}

function allDifferent(a: readonly string[], b: readonly string[]): DiffRow[] {
  return [...a.map(removed), ...b.map(added)]
}

function removed(left: string): DiffRow {
  return { kind: 'removed', left }
}

function added(right: string): DiffRow {
  return { kind: 'added', right }
}

/** The longest common subsequence, found by table and walked from its start. */
function walked(a: readonly string[], b: readonly string[]): DiffRow[] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const rows: DiffRow[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const left = a[i]
    const right = b[j]
    if (left !== undefined && left === right) {
      rows.push(same(left))
      i++
      j++
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      rows.push(removed(left))
      i++
    } else if (right !== undefined) {
      rows.push(added(right))
      j++
    }
  }
  return rows
}

/** Lines taken out and lines put in at the same place stand beside each other as changed ones. */
function paired(rows: readonly DiffRow[]): DiffRow[] {
  const all: DiffRow[] = []
  let out: DiffRow[] = []
  let put: DiffRow[] = []
  function settle() {
    for (let i = 0; i < Math.max(out.length, put.length); i++) {
      const left = out[i]?.left
      const right = put[i]?.right
      if (left !== undefined && right !== undefined) all.push({ kind: 'changed', left, right })
      else if (left !== undefined) all.push(removed(left))
      else if (right !== undefined) all.push(added(right))
    }
    out = []
    put = []
  }
  for (const row of rows) {
    if (row.kind === 'removed') out.push(row)
    else if (row.kind === 'added') put.push(row)
    else {
      settle()
      all.push(row)
    }
  }
  settle()
  return all
}

/** A changed line in three: what both sides begin with, what differs, what both end with. */
export function differing(
  line: string,
  other: string,
): [before: string, part: string, after: string] {
  const a = [...line]
  const b = [...other]
  const head = sameFrom(a, b)
  const tail = Math.min(
    sameFrom([...a].reverse(), [...b].reverse()),
    Math.min(a.length, b.length) - head,
  )
  return [
    a.slice(0, head).join(''),
    a.slice(head, a.length - tail).join(''),
    a.slice(a.length - tail).join(''),
  ]
}
