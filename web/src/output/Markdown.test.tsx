import { expect, test } from 'vitest'
import { safeHtml } from './Markdown'

test('safeHtml_ofMarkdown_isItsHtml', () => {
  expect(safeHtml('**two**')).toContain('<strong>two</strong>')
  expect(safeHtml('[a](https://example.org)')).toContain('rel="noopener noreferrer"')
})

test('safeHtml_ofMarkupAndScript_runsNothing', () => {
  const html = safeHtml('<img src=x onerror=alert(1)> [x](javascript:alert(1)) <script>1</script>')
  expect(html).not.toContain('<img')
  expect(html).not.toContain('<script')
  expect(html).not.toContain('href="javascript')
})
