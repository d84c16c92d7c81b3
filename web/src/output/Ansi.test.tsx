import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { Ansi, colours } from './Ansi'

afterEach(cleanup)

test('colours_ofAnEscapeSequence_becomeAClass', () => {
  expect(colours('\u001b[31mred\u001b[0m')).toBe('<span class="ansi-red-fg">red</span>')
})

test('colours_ofMarkup_escapeIt', () => {
  expect(colours('<img src=x onerror=alert(1)>')).not.toContain('<img')
})

test('ansi_ofALongText_drawsTheRestWhenAsked', () => {
  const text = Array.from({ length: 1000 }, (_, line) => `line ${line}`).join('\n')
  render(<Ansi text={text} of="stdout" />)
  expect(screen.getByRole('group').textContent).not.toContain('line 999')
  fireEvent.click(screen.getByRole('button', { name: 'Show 600 more lines' }))
  expect(screen.getByRole('group').textContent).toContain('line 999')
})
