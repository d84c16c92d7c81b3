import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

const SUM = `int sum = 0;
for (var line : java.nio.file.Files.readAllLines(java.nio.file.Path.of("sales.csv"))) {
  sum += Integer.parseInt(line);
}
sum`

test('a run that reproduced becomes a job, fails on a bad file that lands, tells, and is repaired', async ({
  page,
  product,
  mail,
}) => {
  test.slow() // several replays, one after another
  const notebook = product.notebook('sales', [
    'int rate = 2;',
    SUM,
    'java.nio.file.Files.writeString(java.nio.file.Path.of("report.txt"), "sum " + sum * rate)',
  ])
  const sales = join(product.folder, 'sales', 'sales.csv')
  mkdirSync(join(product.folder, 'sales'), { recursive: true })
  writeFileSync(sales, '1\n2\n')
  const run = await product.run(notebook)
  await page.goto(`/runs/${run}`)

  await page.getByRole('button', { name: 'Promote …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Promote to a job' })
  await expect(dialog.getByLabel(/This run has not reproduced/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Replay', exact: true }).click()
  await expect(page.getByText('IDENTICAL').first()).toBeVisible({ timeout: 60_000 })

  await page.getByRole('button', { name: 'Promote …' }).click()
  await dialog.getByLabel(/Name of the job/).fill('daily-sales')
  await dialog.getByRole('checkbox', { name: sales }).check()
  await dialog.getByLabel('int rate').fill('two')
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText("'two'")
  await dialog.getByLabel('int rate').fill('4')
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'daily-sales' })).toBeVisible()
  await expect(page.getByText('It never ran.')).toBeVisible()
  await expect(page.getByText(`live ${sales}`)).toBeVisible()
  await expect(page.getByText('sets rate=4')).toBeVisible()

  const when = page.getByRole('region', { name: 'When' })
  await when.getByLabel('Cron').fill('often')
  await when.getByRole('button', { name: 'Add' }).click()
  await expect(when).toContainText("'often' is no cron expression")
  await when.getByLabel('Cron').fill('30 6 * * *')
  await when.getByRole('button', { name: 'Add' }).click()
  await expect(when).toContainText('nobody would notice')
  await page.getByText('Who is told', { exact: true }).click()
  await page.getByLabel('Answers for it').fill('ada')
  await page.getByLabel('Is told').fill('mail:ada@example.org')
  await page.getByLabel('Upon').fill('failed, recovered')
  await page.getByRole('button', { name: 'Save' }).last().click()
  await expect(page.getByText('Saved.')).toBeVisible()
  await when.getByLabel('Time zone').fill('Europe/Berlin')
  await when.getByRole('button', { name: 'Add' }).click()
  await expect(when.getByRole('list', { name: 'Due next' }).getByRole('listitem')).toHaveCount(10)

  await product.command(
    'job',
    'schedule',
    'daily-sales',
    '--files',
    dirname(sales),
    '--pattern',
    '*.csv',
    '--settle',
    '1s',
  )
  writeFileSync(sales, '10\nhalf a li')
  const firing = page.getByRole('article', { name: /^Firing \d+$/ })
  await expect(firing).toContainText('failed', { timeout: 60_000 })
  await expect(firing).toContainText('step 2 failed with java.lang.NumberFormatException')
  await expect(firing).toContainText('sales.csv')
  await expect.poll(mail, { timeout: 30_000 }).toContain('Reprise: daily-sales failed')
  expect(mail()).toContain('ada@example.org')
  await expect(page.getByRole('list', { name: 'What was told' })).toContainText(
    'daily-sales failed',
  )
  await expectAccessible(page)

  // The mended file that lands in the pause is an occasion of its own, and the newest.
  const failed = /\d+/.exec((await firing.getAttribute('aria-label')) ?? '')?.[0]
  await page.getByRole('link', { name: new RegExp(`^Firing ${failed}: failed`) }).click()
  await expect(page).toHaveURL(new RegExp(`\\?firing=${failed}$`))
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('button', { name: 'Resume' })).toBeVisible()
  writeFileSync(sales, '10\n')
  await expect(page.getByRole('link', { name: /^Firing \d+: skipped/ })).toBeVisible()
  await firing.getByRole('button', { name: 'Repair' }).click()
  await expect(firing.getByText('succeeded', { exact: true }).first()).toBeVisible({
    timeout: 60_000,
  })
  await expect.poll(mail, { timeout: 30_000 }).toContain('Reprise: daily-sales succeeds again')
  const download = page.waitForEvent('download')
  await firing.getByRole('link', { name: 'report.txt' }).click()
  expect(readFileSync(await (await download).path(), 'utf8')).toBe('sum 40')

  await page.getByText('Run now').click()
  await page.getByLabel('int rate').fill('3')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(page.getByRole('article', { name: /^Firing \d+$/ })).toContainText('rate=3')
  await page.getByText('Runbook of version 1').click()
  await expect(page.getByRole('heading', { name: 'daily-sales', level: 1 }).last()).toBeVisible()
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    await expectNoSideScroll(page)
    await expectAccessible(page)
  }

  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Jobs' }).click()
  const row = page.getByRole('row', { name: /daily-sales/ })
  await expect(row).toContainText('paused')
  await expect(row).toContainText('succeeded')
  await expectAccessible(page)
  await row
    .getByRole('link', { name: /^Firing/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\/jobs\/daily-sales\?firing=\d+/)
})
