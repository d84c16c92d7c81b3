import { expect, expectAccessible, expectNoSideScroll, test } from './fixture'

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [1280, 390]) {
    test(`every page can be used by everyone, ${colorScheme}, ${width} px`, async ({
      page,
      weather,
      outputs,
    }) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 844 })
      for (const [path, sign] of [
        ['/runs', 'Runs'],
        [`/runs/${weather}`, 'seattle-weather'],
        [`/runs/${outputs}`, 'outputs'],
        [`/runs/${weather}/reproductions`, /IDENTICAL|Not replayed yet/],
        ['/runs/r-nosuchrun', 'Not here'],
      ] as const) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1, name: sign })).toBeVisible()
        await expectNoSideScroll(page)
        await expectAccessible(page)
      }
    })
  }
}

test('the colours that were chosen stay', async ({ page }) => {
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/runs')
  const light = await ground()
  await page.getByRole('button', { name: 'Colours: auto' }).click()
  const dark = await ground()
  expect(dark).not.toBe(light)
  await page.reload()
  expect(await ground()).toBe(dark)
  await expect(page.getByRole('button', { name: 'Colours: dark' })).toBeVisible()
})

test('the steps are folded away where there is little room', async ({ page, weather }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/runs/${weather}`)
  const steps = page.getByRole('navigation', { name: 'Steps' })
  await expect(steps.getByRole('link').first()).toBeHidden()
  await steps.getByRole('heading', { name: 'Steps' }).click()
  await steps.getByRole('link', { name: /^7/ }).click()
  await expect(page.getByRole('region', { name: 'step 7' })).toBeInViewport()
})
