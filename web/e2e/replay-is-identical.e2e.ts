import { expect, test } from './fixture'

test('a run is replayed from its page and found identical', async ({ page, weather }) => {
  await page.goto(`/runs/${weather}`)
  await page.getByRole('button', { name: /^Replay/ }).click()
  await expect(page.getByText(/Replaying step \d of 7/)).toBeVisible({ timeout: 30_000 })
  await page.getByRole('link', { name: 'IDENTICAL' }).click({ timeout: 45_000 })

  await expect(page.getByRole('heading', { level: 1, name: 'IDENTICAL' })).toBeVisible()
  await expect(page.getByText('7 of 7 steps compared')).toBeVisible()
  const steps = page.getByRole('list', { name: 'Verdict on each step' })
  await expect(steps.getByRole('link')).toHaveCount(7)
  if (process.env.SCREENSHOTS) {
    await page.setViewportSize({ width: 1280, height: 640 })
    await page.screenshot({ path: 'screenshots/verdict.png' })
  }
  await steps.getByRole('link', { name: 'Step 4: identical' }).click()
  await expect(page).toHaveURL(/\/runs\/[\w-]+#step-4$/)

  await page.goto('/runs?replays=true')
  await page
    .getByRole('row', { name: `replay of ${weather}` })
    .getByRole('link')
    .click()
  await expect(page.getByRole('definition').getByRole('link', { name: weather })).toBeVisible()
})
