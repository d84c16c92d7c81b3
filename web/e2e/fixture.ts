import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test as base, expect, type Page } from '@playwright/test'
import { clear, type Prepared, prepare } from './prepared'
import { type Product, TOKEN } from './product'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Fixtures {
  /** The server that the tests of a worker share, with the two runs that were prepared. */
  product: Product
  weather: string
  outputs: string
  /** All mail that the server has sent so far. */
  mail: () => string
}

/** A browser that the server of its worker has let in. */
export const test = base.extend<Fixtures, { prepared: Prepared }>({
  prepared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
    async ({}, use) => {
      const prepared = await prepare()
      await use(prepared)
      await clear(prepared)
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  product: ({ prepared }, use) => use(prepared.product),
  weather: ({ prepared }, use) => use(prepared.weather),
  outputs: ({ prepared }, use) => use(prepared.outputs),
  mail: ({ prepared }, use) => use(() => readFileSync(prepared.mailbox.file, 'utf8')),
  baseURL: ({ prepared }, use) => use(prepared.product.url),
  page: async ({ page, baseURL }, use) => {
    await page.goto(`${baseURL}/?token=${TOKEN}`)
    await use(page)
  },
})

export { expect }

/** Whoever cannot see the page, or use a mouse, must be able to use it. */
export async function expectAccessible(page: Page) {
  await page.evaluate(AXE)
  const found: { id: string; nodes: string[] }[] = await page.evaluate(
    `axe.run(document, { iframes: false }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((it) => it.failureSummary + it.html) })))`,
  )
  expect(found).toEqual([])
}

export async function expectNoSideScroll(page: Page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    innerWidth,
  ])
  expect(content).toBeLessThanOrEqual(window)
}
