import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import css from './JobPage.module.css'
import { hookQuery } from './queries'

/** What a sender of signed messages must know; asked for when somebody wants to see the secret. */
export function HookView({ trigger }: { trigger: number }) {
  const [open, setOpen] = useState(false)
  const { data: hook } = useQuery({ ...hookQuery(trigger), enabled: open })
  return (
    <details className={css.changes} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>How to send to it</summary>
      {hook && (
        <dl className={css.hook}>
          <dt>POST</dt>
          <dd>
            <code>{`${location.origin}${hook.path}`}</code>
          </dd>
          <dt>Headers</dt>
          <dd>
            <code>{hook.headers.join(', ')}</code>
          </dd>
          <dt>Signature</dt>
          <dd>{hook.signature}</dd>
          <dt>Secret</dt>
          <dd>
            <code>{hook.secret}</code>
          </dd>
        </dl>
      )}
    </details>
  )
}
