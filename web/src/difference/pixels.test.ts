import { expect, test } from 'vitest'
import { comparePixels } from './pixels'

const BLACK = [0, 0, 0, 255]
const WHITE = [255, 255, 255, 255]

function picture(...pixels: number[][]): Uint8ClampedArray {
  return new Uint8ClampedArray(pixels.flat())
}

test('comparePixels_onePixelOther_countsAndMarksIt', () => {
  const found = comparePixels(picture(BLACK, WHITE), picture(BLACK, BLACK), 2, 1)
  expect(found.differing).toBe(1)
  expect([...found.shown.slice(0, 4)]).toEqual([191, 191, 191, 255])
  expect([...found.shown.slice(4)]).toEqual([216, 30, 40, 255])
})

test('comparePixels_samePicture_countsNone', () => {
  expect(comparePixels(picture(WHITE), picture(WHITE), 1, 1).differing).toBe(0)
})
