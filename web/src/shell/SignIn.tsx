import type { FormEvent } from 'react'
import { Button } from '../ui/Button'
import css from './ProblemPage.module.css'

/** Takes the token to the server, which remembers this browser and sends it back here. */
export function SignIn({ sentence }: { sentence: string }) {
  function enter(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const token = String(new FormData(event.currentTarget).get('token')).trim()
    const here = new URL(location.href)
    here.searchParams.set('token', token)
    location.assign(here)
  }
  const refused = new URLSearchParams(location.search).has('token')
  return (
    <section className={css.problem}>
      <h1>Who is there?</h1>
      {refused && <p role="alert">The token in the address is not the one of this server.</p>}
      <p>{capital(sentence)}.</p>
      <form className={css.form} onSubmit={enter}>
        <label htmlFor="token">Token</label>
        <input id="token" name="token" type="password" required autoComplete="current-password" />
        <Button look="main" type="submit">
          Come in
        </Button>
      </form>
    </section>
  )
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}
