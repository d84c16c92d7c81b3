import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

test('what a notebook says of itself stands on the page of its run', async ({ page, product }) => {
  const run = await product.run(
    product.notebook('said', [
      'import reprise.Reprise;\nint epochs = Reprise.param("epochs", 20);\n' +
        'String password = "correct-horse-9";',
      'for (int i = 0; i < epochs; i++) {\n' +
        '  Reprise.metric("loss", Math.exp(-i / 5.0) + (i % 3) * 0.02);\n' +
        '  Reprise.metric("accuracy", 1 - Math.exp(-i / 4.0));\n}\n' +
        'Reprise.metric("f1", 0.93);\nReprise.tag("team", "iris");\nReprise.note("went well");',
      'var model = java.nio.file.Path.of("model.txt");\n' +
        'java.nio.file.Files.writeString(model, "weights");\nReprise.artifact(model);\n' +
        'System.out.println("login with " + password);',
      'long end = System.nanoTime() + 5_200_000_000L;\nlong n = 0;\n' +
        'while (System.nanoTime() < end) n += new int[1000].length;',
    ]),
  )
  await page.goto(`/runs/${run}`)
  const metrics = page.getByRole('region', { name: 'Metrics' })
  await expect(metrics.getByRole('img', { name: /^loss: .*20 values between/ })).toBeVisible()
  await expect(metrics.getByRole('figure').filter({ hasText: 'f1' })).toContainText('0.93')
  await expect(page.getByText('team', { exact: true })).toBeVisible()
  await expect(page.getByText('went well', { exact: true })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Artifacts of step 3' })).toContainText('model.txt')
  await expect(page.getByText('login with [masked:password]').first()).toBeVisible()
  await expect(page.getByRole('list', { name: 'Parameters and values of step 1' })).toContainText(
    '"[masked:password]"',
  )
  await page.getByText('Load', { exact: true }).click()
  const load = page.getByRole('region', { name: 'Load of step 4' })
  await expect(load.getByRole('figure').filter({ hasText: 'processors busy' })).toBeVisible()
  await expectAccessible(page)
  await expectNoSideScroll(page)
  if (process.env.SCREENSHOTS) {
    await page.screenshot({ path: 'test-results/said.png', fullPage: true })
  }
})
