import { Link } from '@tanstack/react-router'
import { ApiProblem, ServerAway } from '../api/client'
import css from './ProblemPage.module.css'
import { SignIn } from './SignIn'

/** What is shown in the place of a page that cannot be. */
export function ProblemPage({ error: thrown }: { error: unknown }) {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  if (error instanceof ApiProblem && error.status === 401) {
    return <SignIn sentence={error.message} />
  }
  return <Sentence heading={headingOf(error)} text={error.message} />
}

function headingOf(error: Error): string {
  if (error instanceof ServerAway) return 'The server is away'
  if (error instanceof ApiProblem && error.status === 404) return 'Not here'
  if (error instanceof ApiProblem && error.status === 409) return 'Which one?'
  return 'This did not work'
}

export function NoPage() {
  return <Sentence heading="Not here" text="There is no page at this address." />
}

function Sentence({ heading, text }: { heading: string; text: string }) {
  return (
    <section className={css.problem}>
      <h1>{heading}</h1>
      <p role="alert">{text}</p>
      <p>
        <Link to="/runs">See all runs</Link>
      </p>
    </section>
  )
}
