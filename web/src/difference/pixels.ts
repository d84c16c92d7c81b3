/** How many pixels of two pictures differ, and where. */
export interface PixelDifference {
  width: number
  height: number
  differing: number
  /** The first picture faded, with what differs in red; RGBA, row by row. */
  shown: Uint8ClampedArray<ArrayBuffer>
}

const FADED = 0.25
const RED: readonly number[] = [216, 30, 40, 255]

/** Compares two pictures of the same size, as RGBA, row by row. */
export function comparePixels(
  left: Uint8ClampedArray,
  right: Uint8ClampedArray,
  width: number,
  height: number,
): PixelDifference {
  const shown = new Uint8ClampedArray(width * height * 4)
  let differing = 0
  for (let at = 0; at < shown.length; at += 4) {
    const same = [0, 1, 2, 3].every((of) => left[at + of] === right[at + of])
    if (!same) differing++
    for (let of = 0; of < 4; of++) {
      shown[at + of] = (same ? faded(left, at, of) : RED[of]) ?? 0
    }
  }
  return { width, height, differing, shown }
}

function faded(picture: Uint8ClampedArray, at: number, of: number): number {
  return of === 3 ? 255 : 255 - (255 - (picture[at + of] ?? 255)) * FADED
}
