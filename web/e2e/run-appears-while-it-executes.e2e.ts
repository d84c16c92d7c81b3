import { expect, test } from './fixture'

test('a run appears while it executes, and its cells fill in', async ({ page, product }) => {
  const notebook = product.notebook('slow', [
    'System.out.println("begun");',
    'for (int i = 1; i <= 3; i++) { System.out.println("tick " + i); Thread.sleep(700); }',
    'int answer = 42;\nanswer',
  ])
  await page.goto('/runs?experiment=slow')
  await expect(page.getByText('No run is like that')).toBeVisible()

  const over = product.run(notebook)
  const row = page.getByRole('row', { name: /slow/ })
  await expect(row.getByText('running')).toBeVisible()
  await row.getByRole('link', { name: 'slow' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'slow' })).toBeVisible()

  const second = page.getByRole('region', { name: 'step 2' })
  await expect(second.getByText('tick 1')).toBeVisible()
  await expect(second.getByText('running')).toBeVisible()
  await expect(page.getByRole('region', { name: 'step 3' }).getByText('ran')).toBeVisible()
  await over
  await expect(page.getByRole('article').getByText('succeeded')).toBeVisible()
})
