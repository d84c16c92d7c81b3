import createClient from 'openapi-fetch'
import type { components, paths } from './schema'

export type Schemas = components['schemas']

export const api = createClient<paths>({ baseUrl: '/' })

/** What the server says went wrong, in words fit for the screen. */
export class ApiProblem extends Error {
  readonly status: number

  constructor(status: number, title: string) {
    super(title)
    this.status = status
  }
}

/** Nobody answered: the server is not running, or restarting. */
export class ServerAway extends Error {
  constructor() {
    super('The server does not answer. This page asks again by itself.')
  }
}

/** Unwraps an answer: the data, or the problem thrown. */
export async function answer<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call.catch(() => {
    throw new ServerAway()
  })
  if (!response.ok) {
    throw new ApiProblem(response.status, titleOf(error) ?? `The server said ${response.status}.`)
  }
  return data as T
}

function titleOf(error: unknown): string | undefined {
  const known = typeof error === 'object' && error !== null && 'title' in error
  return known ? String(error.title) : undefined
}
