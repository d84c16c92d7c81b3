import { expect, test } from './fixture'

test('a table and a drawing stand in frames of their own, a picture on the page', async ({
  page,
  weather,
}) => {
  await page.goto(`/runs/${weather}`)
  const table = page.frameLocator('iframe[title^="text/html"]')
  await expect(table.getByRole('row', { name: /January/ })).toBeVisible()
  const frame = page.locator('iframe[title^="text/html"]')
  expect(await frame.getAttribute('sandbox')).toBe('allow-scripts')
  expect((await frame.boundingBox())?.height).toBeGreaterThan(250) // as tall as its content

  const drawing = page.frameLocator('iframe[title^="image/svg+xml"]')
  await expect(drawing.getByText('Rain in a typical month, mm')).toBeVisible()

  const picture = page.getByRole('img', { name: /image of 732/ })
  await picture.scrollIntoViewIfNeeded()
  expect(await picture.evaluate((it: HTMLImageElement) => it.naturalWidth)).toBe(732)
  if (process.env.SCREENSHOTS) {
    await page.setViewportSize({ width: 1280, height: 1040 })
    await page.goto(`/runs/${weather}#step-5`)
    await expect(drawing.getByText('Rain in a typical month, mm')).toBeVisible()
    await page.screenshot({ path: 'screenshots/run.png' })
  }
})

test('a file is shown with its digest, which is copied whole', async ({ page, weather }) => {
  await page.goto(`/runs/${weather}`)
  const data = page.getByRole('list', { name: 'Data of step 2' })
  await expect(data.getByText('seattle-weather.csv').first()).toBeVisible()
  await data.getByRole('button', { name: 'copy the SHA-256' }).click()
  const digest = await page.evaluate(() => navigator.clipboard.readText())
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  const file = await page.request.get(`/api/blobs/${digest}`)
  expect((await file.body()).subarray(0, 5).toString()).toBe('date,')
})

test('recorded markup runs without our origin and without network', async ({ page, outputs }) => {
  await page.goto(`/runs/${outputs}`)
  const frame = page.frameLocator('iframe')
  await expect(frame.getByText('origin null, reached nobody')).toBeVisible()
  await expect(page.getByText('wanted to load https://example.org/plot.js')).toBeVisible()
})

test('text has its colours, Markdown its form, JSON its shape, and long text an end', async ({
  page,
  outputs,
}) => {
  await page.goto(`/runs/${outputs}`)
  await expect(page.getByText('red', { exact: true })).toHaveClass('ansi-red-fg')
  await expect(page.getByRole('heading', { name: 'Heading' })).toBeVisible()
  expect(await page.locator('img[src=x]').count()).toBe(0)
  await expect(page.getByRole('group', { name: /application\/json/ })).toContainText('"depth": [')
  const long = page.getByRole('region', { name: 'step 4' })
  await expect(long.getByText('line 399')).toBeAttached()
  await expect(long.getByText('line 999')).not.toBeAttached()
  await long.getByRole('button', { name: /more lines/ }).click()
  await expect(long.getByText('line 999')).toBeAttached()
})

test('chance is named under the step that used it, with what cannot be had again', async ({
  page,
  outputs,
}) => {
  await page.goto(`/runs/${outputs}`)
  const chance = page.getByRole('list', { name: 'Chance of step 5' })
  await expect(chance.getByRole('listitem')).toHaveText(['chance', 'Math.random', 'SecureRandom'])
  const step = page.getByRole('region', { name: 'step 5' })
  await expect(step.getByText('SecureRandom is never pinned')).toBeVisible()
  await expect(page.getByRole('list', { name: 'Chance of step 1' })).toHaveCount(0)
})
