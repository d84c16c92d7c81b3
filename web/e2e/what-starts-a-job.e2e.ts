import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

test('what starts a job is chosen on its page, and a backfill is seen before it is done', async ({
  page,
  product,
}) => {
  test.slow() // a file settles, and an attempt is carried out
  const run = await product.run(product.notebook('greeting', ['"hello"']))
  await product.command('promote', run, '--name', 'greeting', '--unverified', 'it is so small')
  await product.command('job', 'set', 'greeting', '--no-alerts')
  await page.goto('/jobs/greeting')
  const when = page.getByRole('region', { name: 'When' })
  await expect(when).toContainText('Nothing starts it but you.')
  const kind = when.getByLabel('Started by')
  const add = when.getByRole('button', { name: 'Add' })

  await kind.selectOption('equal distances')
  await when.getByRole('textbox', { name: 'Every' }).fill('often')
  await add.click()
  await expect(when).toContainText("'often' is no stretch of time")
  await when.getByRole('textbox', { name: 'Every' }).fill('6 h')
  await add.click()
  await expect(when.getByText('every 6 h')).toBeVisible()
  await expect(when.getByRole('list', { name: 'Due next' }).getByRole('listitem')).toHaveCount(10)
  await expect(when).not.toContainText('Nothing starts it but you.')

  await kind.selectOption('another job')
  await when.getByRole('textbox', { name: 'Job' }).fill('nobody')
  await add.click()
  await expect(when).toContainText("there is no job 'nobody'")

  await kind.selectOption('signed messages')
  await add.click()
  await when.getByText('How to send to it').click()
  await expect(when).toContainText(/http:\/\/127\.0\.0\.1:\d+\/hooks\/\d+/)
  await expect(when).toContainText('X-Reprise-Signature')

  const folder = join(product.folder, 'letters')
  mkdirSync(folder)
  await kind.selectOption('files that come')
  await when.getByRole('textbox', { name: 'Folder of the server' }).fill(folder)
  await when.getByRole('textbox', { name: 'Files' }).fill('*.txt')
  await add.click()
  await expect(when.getByText(`files *.txt in ${folder}`)).toBeVisible()
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      await expectNoSideScroll(page)
      await expectAccessible(page)
    }
  }
  writeFileSync(join(folder, 'first.txt'), 'dear job')
  await expect(page.getByRole('article', { name: /^Firing \d+$/ })).toContainText('first.txt', {
    timeout: 30_000,
  })

  await page.getByText('Backfill', { exact: true }).click()
  await page.getByLabel('From').fill('2030-01-01T00:00')
  await page.getByLabel('To', { exact: true }).fill('2030-01-01T23:59')
  await page.getByRole('button', { name: 'Preview' }).click()
  await expect(page.getByText('4 times, of which 0 ran before')).toBeVisible()
  await expect(
    page.getByRole('list', { name: 'Times that it would make up for' }).getByRole('listitem'),
  ).toHaveCount(4)

  await when.getByRole('button', { name: 'Remove every 6 h' }).click()
  await expect(when.getByText('every 6 h')).toBeHidden()
  await expect(when.getByRole('list', { name: 'Due next' })).toBeHidden()
})
