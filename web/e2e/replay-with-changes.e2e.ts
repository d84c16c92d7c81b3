import { expect, test } from './fixture'

test('a replay with another parameter says what was changed, and leaves the run its verdict', async ({
  page,
  product,
}) => {
  const notebook = product.notebook('changed', [
    'int rounds = 3;',
    'String unused = "x";',
    'rounds * 2',
  ])
  const run = await product.run(notebook)
  await product.command('replay', run)
  await product.command('replay', run, '-p', 'rounds=5', '--slice').catch(diverged)
  await page.goto(`/runs/${run}/reproductions`)

  await expect(page.getByRole('heading', { level: 1, name: 'DIVERGED' })).toBeVisible()
  const changed = page.getByRole('region', { name: /Changed on purpose/ })
  await expect(changed).toContainText('the parameter rounds is 5 instead of 3, in step 1')
  await expect(page.getByRole('region', { name: 'Only what step 3 needs' })).toContainText(
    '1 step left out: 2',
  )
  await page.goto(`/runs/${run}`)
  await expect(page.getByRole('link', { name: 'IDENTICAL see why' })).toBeVisible()
})

/** The command says so by its exit code. */
function diverged(error: { code?: number }) {
  if (error.code !== 1) throw error
}
