import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Sandboxed } from './Sandboxed'

afterEach(cleanup)

test('sandboxed_markup_neverRunsInOurOrigin', () => {
  render(<Sandboxed html="<b>3</b>" of="output 1" />)
  const frame = screen.getByTitle<HTMLIFrameElement>('output 1')
  expect(frame.getAttribute('sandbox')).toBe('allow-scripts')
  expect(document.body.innerHTML).not.toContain('<b>3</b>')
})
