import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

test('the cause of a difference stands with the replays that proved it', async ({
  page,
  product,
}) => {
  const cells = (rate: string) => [`double rate = ${rate};`, 'rate * 100']
  const before = await product.run(product.notebook('rates', cells('0.25')))
  const after = await product.run(product.notebook('rates', cells('0.5')))
  await page.goto(`/runs/${after}/reproductions`)
  await expect(page.getByRole('heading', { name: /^Cause/ })).toBeHidden()
  await product.command('explain', after).catch(different)

  const cause = page.getByRole('region', { name: 'Cause: parameter (rate: 0.25 → 0.5)' })
  await expect(cause).toContainText(before)
  await expect(cause).toContainText('the first step that came out otherwise is step 1')
  const rows = cause.getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(rows.nth(1)).toContainText(`as ${before} had`)
  await expect(rows.nth(2)).toContainText('as the other run had')
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    await expectNoSideScroll(page)
    await expectAccessible(page)
  }
  await rows.nth(2).getByRole('link').click()
  await expect(page.getByRole('region', { name: 'step 1' })).toContainText('0.5')
})

test('the cause of a divergence is searched for at the press of a button', async ({
  page,
  product,
}) => {
  test.slow() // some replays, one after another
  const run = await product.run(
    product.notebook('unpinned', ['new java.security.SecureRandom().nextLong(1L << 62)']),
  )
  await product.command('replay', run).catch(different)
  await page.goto(`/runs/${run}/reproductions`)
  await page.getByRole('button', { name: 'Find the cause' }).click()
  await expect(page.getByText('Searching for the cause')).toBeVisible()

  const cause = page.getByRole('region', { name: 'No cause was proved' })
  await expect(cause).toContainText('SecureRandom', { timeout: 120_000 })
  await expect(page.getByRole('button', { name: 'Find the cause' })).toBeHidden()
  await expectAccessible(page)
})

/** The command says so by its exit code. */
function different(error: { code?: number }) {
  if (error.code !== 1) throw error
}
