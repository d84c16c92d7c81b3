import { expect, test } from './fixture'

test('a filter stands in the address', async ({ page }) => {
  await page.goto('/runs')
  await page.getByRole('combobox', { name: 'Experiment' }).selectOption('outputs')
  await expect(page).toHaveURL(/experiment=outputs/)
  await expect(page.getByRole('link', { name: 'seattle-weather' })).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Experiment' }).selectOption('')
  await page.keyboard.press('Escape')
  await page.getByRole('searchbox').fill('seattle-weather.csv')
  await expect(page).toHaveURL(/text=seattle/)
  await expect(page.getByRole('link', { name: 'outputs' })).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('searchbox')).toHaveValue('seattle-weather.csv')
  await expect(page.getByRole('link', { name: 'seattle-weather' })).toBeVisible()
})

test('runs are narrowed by what their replay came to', async ({ page, product }) => {
  const run = await product.run(product.notebook('judged', ['6 * 7']))
  await product.command('replay', run)
  await page.goto('/runs?experiment=judged')
  const verdict = page.getByRole('combobox', { name: 'Verdict' })
  await verdict.selectOption('NOT_YET')
  await expect(page.getByText('No run is like that')).toBeVisible()
  await verdict.selectOption('VERIFIED')
  await expect(page).toHaveURL(/judged=VERIFIED/)
  await expect(page.getByRole('row', { name: /judged/ })).toContainText('IDENTICAL')
})

test('the columns are those that were chosen', async ({ page }) => {
  await page.goto('/runs?experiment=seattle-weather')
  await expect(page.getByRole('columnheader', { name: 'fromYear' })).toBeVisible()
  await page.getByText('Columns', { exact: true }).click()
  await page.getByRole('checkbox', { name: /wettestMonth/ }).check()
  await expect(page).toHaveURL(/columns=.*wettestMonth/)
  await expect(page.getByRole('cell', { name: 'NOVEMBER' })).toBeVisible()
})

test('rows are walked and opened by keyboard', async ({ page }) => {
  await page.goto('/runs')
  const names = page.getByRole('rowheader').getByRole('link')
  await expect(names.nth(1)).toBeVisible()
  await page.keyboard.press('j')
  await expect(names.nth(0)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(names.nth(1)).toBeFocused()
  await page.keyboard.press('k')
  await expect(names.nth(0)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/runs\/r-/)
  await page.goBack()
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox')).toBeFocused()
})

test('a run is found by how its id begins, and by @latest', async ({ page, weather }) => {
  await page.goto(`/runs/${weather.slice(0, -2)}`)
  await expect(page).toHaveURL(new RegExp(`/runs/${weather}$`))
  await page.goto('/runs/@latest')
  await expect(page).toHaveURL(/\/runs\/r-/)
})

test('a step has an address of its own', async ({ page, weather }) => {
  await page.goto(`/runs/${weather}#step-7`)
  await expect(page.getByRole('region', { name: 'step 7' })).toBeInViewport()
})

test('an unknown run is answered with the sentence of the server', async ({ page }) => {
  await page.goto('/runs/r-nosuchrun')
  await expect(page.getByRole('alert')).toContainText("no run 'r-nosuchrun' is known here")
  await page.goto('/nowhere')
  await expect(page.getByRole('alert')).toContainText('no page at this address')
})
