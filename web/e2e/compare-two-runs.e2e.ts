import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'
import type { Product } from './product'

/** The same notebook twice, with another rate and a cell more. */
async function twoRuns(product: Product, name: string): Promise<[string, string]> {
  const path = product.notebook(name, cells('0.5', []))
  const a = await product.run(path)
  product.notebook(name, cells('0.25', ['"one more"']))
  return [a, await product.run(path)]
}

function cells(rate: string, more: readonly string[]): string[] {
  return [
    `double rate = ${rate};`,
    'String unit = "points";',
    'for (int i = 0; i < 5; i++) reprise.Reprise.metric("loss", rate / (i + 1));',
    'System.out.println("name,share\\nfirst," + rate + "\\nsecond,1.0");',
    ...more,
  ]
}

test('two runs are ticked, compared, and say what differs first', async ({ page, product }) => {
  const [a, b] = await twoRuns(product, 'rates')
  await page.goto('/runs?experiment=rates')
  await page.getByRole('checkbox', { name: `Compare ${a}` }).check()
  await expect(page.getByRole('link', { name: /^Compare r-/ })).toHaveCount(0)
  await page.getByRole('checkbox', { name: `Compare ${b}` }).check()
  await page.getByRole('link', { name: /^Compare r-/ }).click()
  await expect(page).toHaveURL(new RegExp(`/compare\\?a=${a}&b=${b}`))

  await expect(page.getByText(/first cell that differs is step 1/)).toBeVisible()
  const parameters = page.getByRole('region', { name: /^Parameters/ })
  await expect(parameters.getByRole('row', { name: /rate 0.5 0.25 −0.25/ })).toBeVisible()
  await expect(parameters.getByRole('row', { name: /unit/ })).toHaveCount(0)
  await parameters.getByRole('checkbox').check()
  await expect(parameters.getByRole('row', { name: /unit "points" "points"/ })).toBeVisible()
  await expect(page.getByRole('region', { name: /^Metrics over time/ })).toContainText('loss')

  const found = page.getByRole('region', { name: /^Cells/ })
  const code = found.getByRole('group', { name: 'Difference in code, Step 1' })
  await expect(code.locator('mark').last()).toHaveText('2')
  const table = found.getByRole('group', { name: 'Difference in stdout, Step 4' })
  await expect(table.getByRole('cell', { name: '0.5 0.25' })).toBeVisible()
  await expect(found.getByText('only in B')).toBeVisible()
})

test('a run page leads to the run before', async ({ page, product }) => {
  const [a, b] = await twoRuns(product, 'before')
  await page.goto(`/runs/${b}`)
  await page.getByRole('link', { name: 'compare with the run before' }).click()
  await expect(page).toHaveURL(new RegExp(`/compare\\?a=${a}&b=${b}`))
  await page.getByRole('combobox', { name: 'Run A' }).selectOption(b)
  await expect(page.getByText('No cell differs, byte for byte')).toBeVisible()
})

test('what two threads wrote in turns is no difference', async ({ page, product }) => {
  const written = (inTurns: boolean) =>
    product.notebook('turns', [
      `boolean inTurns = ${inTurns};`,
      'System.out.println("a"); if (inTurns) System.err.println("x");\n' +
        'System.out.println("b"); if (!inTurns) System.err.println("x");',
    ])
  const a = await product.run(written(true))
  const b = await product.run(written(false))
  await page.goto(`/compare?a=${a}&b=${b}`)
  await expect(page.getByRole('heading', { name: 'Step 1' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Step 2' })).toHaveCount(0)
})

test('three hundred steps are compared at once', async ({ page, product, weather }) => {
  test.setTimeout(180_000) // for the run, not for the page
  const many = Array.from(
    { length: 300 },
    (_, at) => `int v${at} = ${at}; System.out.println(v${at});`,
  )
  const run = await product.run(product.notebook('many', many))
  const opened = async (address: string, last: RegExp) => {
    const began = Date.now()
    await page.goto(address)
    await expect(page.getByRole('heading', { name: last }).last()).toBeAttached()
    return Date.now() - began
  }
  const one = await product.run(product.notebook('one', many.slice(0, 1)))
  const few = await opened(`/compare?a=${weather}&b=${one}`, /^Step 1$/)
  const all = await opened(`/compare?a=${weather}&b=${run}`, /^Step 300$/)
  expect(all).toBeLessThan(10 * few) // beside other work on the machine
})

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`two runs can be compared by everyone, ${colorScheme}, ${width} px`, async ({
      page,
      weather,
      outputs,
    }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 844 })
      await page.goto(`/compare?a=${weather}&b=${outputs}`)
      await expect(page.getByRole('heading', { level: 1, name: /compared/ })).toBeVisible()
      await expectNoSideScroll(page)
      await expectAccessible(page)
    })
  }
}
