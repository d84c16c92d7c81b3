import { expect, test } from './fixture'

test('a run that prints what nobody can pin diverges, and is told where', async ({
  page,
  product,
}) => {
  const notebook = product.notebook('secure', [
    'String unit = "points";',
    'System.out.println("started");\nvar dice = new java.security.SecureRandom();\nSystem.out.println("drawn " + dice.nextLong(1L << 62) + " " + unit);',
    '"same again"',
  ])
  const run = await product.run(notebook)
  await page.goto(`/runs/${run}/reproductions`)
  await expect(page.getByRole('heading', { name: 'Not replayed yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Replay' }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'DIVERGED' })).toBeVisible({
    timeout: 45_000,
  })
  await expect(page.getByRole('heading', { name: /First divergence: step 2/ })).toBeVisible()
  const difference = page.getByRole('group', { name: 'Difference in stdout of step 2' })
  await expect(difference.getByRole('row', { name: 'started started' })).toBeVisible()
  await expect(difference.locator('mark').first()).toHaveText(/^\d+$/)
  await expect(page.getByRole('link', { name: 'Step 2: diverged' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Step 3: identical' })).toBeVisible()
})
