import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

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

test('a picture that came out otherwise is laid over the other', async ({ page, product }) => {
  const run = await product.run(
    product.notebook('picture', [
      'var image = new java.awt.image.BufferedImage(40, 20, java.awt.image.BufferedImage.TYPE_INT_RGB);\n' +
        'int width = 1 + new java.security.SecureRandom().nextInt(1 << 20);\n' +
        'for (int x = 0; x < 20; x++) image.setRGB(x, 0, (width >> x & 1) == 1 ? 0xffffff : 0xff0000);\n' +
        'display(image);',
    ]),
  )
  await product.command('replay', run).catch(() => 'it diverges, and that is its exit code')
  await page.goto(`/runs/${run}/reproductions`)
  const difference = page.getByRole('region', { name: 'Difference in image/png of step 1' })
  await expect(difference.getByText(/^\d+ of 800 pixels differ/)).toBeVisible()
  const slider = difference.getByRole('slider')
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(slider).toHaveValue('49')
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expectNoSideScroll(page)
})

test('a table that came out otherwise marks the cell', async ({ page, product }) => {
  const run = await product.run(
    product.notebook('table', [
      'display("<table><tr><th>name</th><th>drawn</th></tr><tr><td>same</td><td>1</td></tr><tr><td>other</td><td>"\n' +
        '  + new java.security.SecureRandom().nextLong(1L << 62) + "</td></tr></table>", "text/html");',
    ]),
  )
  await product.command('replay', run).catch(() => 'it diverges, and that is its exit code')
  await page.goto(`/runs/${run}/reproductions`)
  const difference = page.getByRole('group', { name: 'Difference in text/html of step 1' })
  await expect(difference.getByText('1 of 3 rows differ')).toBeVisible()
  await expect(difference.locator('td[data-differs] del')).toHaveText(/^\d+$/)
  await expect(difference.locator('td[data-differs] ins')).toHaveText(/^\d+$/)
  await expectAccessible(page)
})
