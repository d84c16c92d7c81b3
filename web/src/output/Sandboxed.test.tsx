import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Sandboxed } from './Sandboxed'

test('sandboxed_markup_neverRunsInOurOrigin', () => {
  const page = renderToStaticMarkup(<Sandboxed html="<b>3</b>" of="output 1" />)
  expect(page).toContain('sandbox="allow-scripts"')
  expect(page).not.toContain('<b>3</b>')
})
