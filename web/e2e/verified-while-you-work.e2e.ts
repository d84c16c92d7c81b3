import { rmSync } from 'node:fs'
import { test as base } from '@playwright/test'
import { expect, expectAccessible, expectNoSideScroll } from './fixture'
import { Product, TOKEN } from './product'

/** A server that replays by itself as soon as nothing has happened for a second. */
const test = base.extend<{ watchful: Product }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from it
  watchful: async ({}, use) => {
    const watchful = await new Product().start(0, '1')
    await use(watchful)
    await watchful.stop()
    rmSync(watchful.folder, { recursive: true, force: true })
  },
})

test('runs are verified without being asked, and what differs names its step', async ({
  page,
  watchful,
}) => {
  test.slow() // replays that nobody waits for have the lowest priority
  await watchful.run(watchful.notebook('steady', ['int a = 20 + 1;', 'a * 2']))
  await watchful.run(watchful.notebook('fickle', ['1 + 1', 'ProcessHandle.current().pid()']))
  await page.goto(`${watchful.url}/?token=${TOKEN}`)
  const steady = page.getByRole('row', { name: /steady/ })
  const fickle = page.getByRole('row', { name: /fickle/ })
  await expect(fickle).toContainText('DIVERGED', { timeout: 60_000 })
  await expect(fickle).toContainText('at step 2')
  await expect(steady).toContainText('IDENTICAL', { timeout: 60_000 })
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    await expectNoSideScroll(page)
    await expectAccessible(page)
  }
})

test('an experiment is left alone where that was said', async ({ page, watchful }) => {
  test.slow() // as above
  const notebook = watchful.notebook('private', ['1 + 1'])
  await watchful.run(notebook)
  await page.goto(`${watchful.url}/?token=${TOKEN}`)
  const runs = page.getByRole('row', { name: /private/ })
  await expect(runs.first()).toContainText('IDENTICAL', { timeout: 60_000 })

  await page.getByLabel('Experiment', { exact: true }).selectOption('private')
  await page.getByText('Verified in the background').click()
  await expectAccessible(page)
  await page.getByLabel('Replay runs of private').uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Verified in the background: off')).toBeVisible()
  const later = await watchful.run(notebook)
  await expect(runs.first()).toContainText('off', { timeout: 60_000 })
  await page.getByRole('link', { name: 'private' }).first().click()
  await expect(page).toHaveURL(new RegExp(later))
  await expect(page.getByText('off', { exact: true })).toBeVisible()
})
