import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

const HALF = (name: string) =>
  `int ${name} = Integer.parseInt(Files.readString(Path.of("${name}.csv")).strip());
Files.writeString(Path.of("${name}.out"), "" + ${name});`

test('stages are drawn before they are promoted, run side by side, and again only if something changed', async ({
  page,
  product,
}) => {
  test.slow() // several JVMs, one after another
  mkdirSync(join(product.folder, 'halves'), { recursive: true })
  for (const name of ['north', 'south']) {
    writeFileSync(join(product.folder, 'halves', `${name}.csv`), '1\n')
  }
  const run = await product.run(
    product.notebook('halves', [
      'import java.nio.file.*;',
      HALF('north'),
      HALF('south'),
      'Files.writeString(Path.of("sum.txt"), Files.readString(Path.of("north.out")) + "+" + Files.readString(Path.of("south.out")));',
    ]),
  )
  await page.goto(`/runs/${run}`)
  await page.getByRole('button', { name: 'Promote …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Promote to a job' })
  const graph = dialog.getByRole('region', { name: 'Stages' })
  await expect(graph.getByRole('listitem')).toHaveCount(3)
  await expect(graph).toContainText('steps 1, 4')
  await dialog.getByLabel(/Execute these 3 stages/).check()
  await dialog.getByLabel(/Name of the job/).fill('halves')
  await dialog.getByLabel(/Why may it become a job/).fill('to see its stages')
  await dialog.getByRole('checkbox', { name: /north.csv/ }).check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Promote', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'halves' })).toBeVisible()

  await page.getByText('Run now').click()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  const stages = page.getByRole('region', { name: 'Stages' })
  await expect(stages.getByText('succeeded', { exact: true })).toHaveCount(3, { timeout: 90_000 })

  writeFileSync(join(product.folder, 'halves', 'north.csv'), '5\n')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(stages.getByText('unchanged', { exact: true })).toHaveCount(1, { timeout: 90_000 })
  await expect(stages.getByText('succeeded', { exact: true })).toHaveCount(2, { timeout: 90_000 })
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    await expectNoSideScroll(page)
    await expectAccessible(page)
  }
})
