import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

const TRAIN = `import reprise.Reprise;
double accuracy = Double.parseDouble(
    java.nio.file.Files.readString(java.nio.file.Path.of("accuracy.txt")).strip());
Reprise.metric("accuracy", accuracy);`

test('whether a job gets worse is seen beside its golden run, and each point leads to its firing', async ({
  page,
  product,
}) => {
  test.slow() // several replays, one after another
  const notebook = product.notebook('training', [TRAIN])
  const file = join(product.folder, 'training', 'accuracy.txt')
  mkdirSync(join(product.folder, 'training'), { recursive: true })
  writeFileSync(file, '0.9\n')
  const run = await product.run(notebook)
  await product.command('replay', run)
  await product.command('promote', run, '--name', 'training', '--live', file)
  for (const accuracy of ['0.9', '0.6', '0.75']) {
    writeFileSync(file, `${accuracy}\n`)
    await product.command('job', 'run', 'training', '--wait')
  }

  await page.goto('/jobs/training')
  const charts = page.getByRole('region', { name: /^Metrics over time/ })
  await expect(
    charts.getByRole('img', {
      name: 'accuracy: 0.75, golden run 0.9, 3 values between 0.6 and 0.9',
    }),
  ).toBeVisible()
  await expect(charts.getByRole('img', { name: /^duration: .*, 3 values between/ })).toBeVisible()

  const points = charts.getByRole('list', { name: 'accuracy, point by point' })
  await expect(points.getByRole('link')).toHaveCount(3)
  const worst = points.getByRole('link', { name: /: accuracy 0\.6$/ })
  const firing = /^Firing (\d+),/.exec((await worst.getAttribute('aria-label')) ?? '')?.[1]
  await worst.click()
  await expect(page).toHaveURL(new RegExp(`\\?firing=${firing}$`))
  await expect(page.getByRole('article', { name: `Firing ${firing}` })).toBeVisible()

  await page.keyboard.press('ArrowRight')
  await expect(points.getByRole('link', { name: /: accuracy 0\.75$/ })).toBeFocused()
  await page.keyboard.press('Home')
  await expect(points.getByRole('link', { name: /: accuracy 0\.9$/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).not.toHaveURL(new RegExp(`\\?firing=${firing}$`))
  await page.keyboard.press('Tab')
  await expect(
    charts.getByRole('list', { name: 'duration, point by point' }).getByRole('link').first(),
  ).toBeFocused()

  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 844 })
      await expectNoSideScroll(page)
      await expectAccessible(page)
    }
  }

  writeFileSync(file, '0.8\n')
  await product.command('job', 'run', 'training', '--wait')
  await expect(points.getByRole('link')).toHaveCount(4) // and nobody loaded the page anew
})
