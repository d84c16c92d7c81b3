import type { Stage } from './queries'

/** Where each stage stands: as far right as the longest way to it, one below the other. */
export function layersOf(
  stages: readonly Pick<Stage, 'number' | 'after'>[],
): Map<number, { column: number; row: number }> {
  const places = new Map<number, { column: number; row: number }>()
  const rows = new Map<number, number>()
  for (const stage of stages) {
    const column = Math.max(-1, ...stage.after.map((it) => places.get(it)?.column ?? -1)) + 1
    const row = rows.get(column) ?? 0
    rows.set(column, row + 1)
    places.set(stage.number, { column, row })
  }
  return places
}
