import { rmSync } from 'node:fs'
import { test as base, expect } from '@playwright/test'
import { expectAccessible } from './fixture'
import { Product, TOKEN } from './product'

/** A server of the test's own, with nothing in it, that it may stop. */
const test = base.extend<{ fresh: Product }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
  fresh: async ({}, use) => {
    const fresh = await new Product().start()
    await use(fresh)
    await fresh.stop()
    rmSync(fresh.folder, { recursive: true, force: true })
  },
})

test('who comes without the token is asked for it and then let in', async ({ page, fresh }) => {
  await page.goto(`${fresh.url}/runs?replays=true`)
  await expect(page.getByRole('heading', { name: 'Who is there?' })).toBeVisible()
  await expect(page.getByText('it stands in')).toBeVisible()
  await expectAccessible(page)
  await page.getByLabel('Token').fill('guessed')
  await page.getByRole('button', { name: 'Come in' }).click()
  await expect(page.getByText('is not the one of this server')).toBeVisible()
  await page.getByLabel('Token').fill(TOKEN)
  await page.getByRole('button', { name: 'Come in' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing has been recorded yet' })).toBeVisible()
  expect(page.url()).toBe(`${fresh.url}/runs?replays=true`)
  await expectAccessible(page)
})

test('a server that goes away is missed, and found again by itself', async ({ page, fresh }) => {
  await page.goto(`${fresh.url}/?token=${TOKEN}`)
  await expect(page.getByRole('heading', { name: 'Nothing has been recorded yet' })).toBeVisible()
  await fresh.stop()
  const away = page.getByText('The server does not answer')
  await expect(away).toBeVisible()
  await fresh.start(Number(new URL(fresh.url).port))
  await expect(away).toBeHidden({ timeout: 20_000 })
})
