import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { test as base, expect, type Page } from '@playwright/test'
import { Product, TOKEN } from './product'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Fixtures {
  /** The server that all tests share, with what the set-up has recorded. */
  product: Product
  weather: string
  outputs: string
  /** All mail that the server has sent so far. */
  mail: () => string
}

/** A browser that the shared server has let in. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
  product: async ({}, use) => {
    const product = new Product(given('E2E_FOLDER'))
    product.url = given('E2E_URL')
    await use(product)
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  weather: ({}, use) => use(given('E2E_WEATHER')),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  outputs: ({}, use) => use(given('E2E_OUTPUTS')),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  mail: ({}, use) => use(() => readFileSync(given('E2E_MAIL'), 'utf8')),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  baseURL: ({}, use) => use(given('E2E_URL')),
  page: async ({ page, baseURL }, use) => {
    await page.goto(`${baseURL}/?token=${TOKEN}`)
    await use(page)
  },
})

export { expect }

function given(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`the set-up did not give ${name}`)
  return value
}

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
