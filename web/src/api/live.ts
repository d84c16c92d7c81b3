import { type QueryClient, type QueryKey, queryOptions } from '@tanstack/react-query'
import type { Schemas } from './client'

export type Presence = 'here' | 'away'

/** Whether the server answers, as the live connection last found it. */
export const presence = queryOptions<Presence>({
  queryKey: ['presence'],
  queryFn: () => 'here' as const,
  staleTime: Number.POSITIVE_INFINITY,
})

type RunEvent = Schemas['RunEvent']

const AGAIN_AFTER = 2000
const PAUSE = 250

/**
 * Follows what happens on the server and lets the answers that it makes old be asked for again.
 * Nothing is put into the cache from here: the server's answer is the only truth.
 */
export function follow(client: QueryClient, url = '/api/live'): () => void {
  const old = new OldAnswers(client)
  let source: EventSource
  let again: ReturnType<typeof setTimeout> | undefined
  let closed = false

  function connect() {
    source = new EventSource(url)
    source.onopen = arrive
    source.onerror = miss
    source.addEventListener('run-event', (message) => old.add(touchedBy(JSON.parse(message.data))))
    source.addEventListener('reproduction', (message) => {
      const it: Schemas['Reproduction'] = JSON.parse(message.data)
      old.add([['runs'], ['run', it.run], ...(it.replay ? [['run', it.replay]] : [])])
    })
    source.addEventListener('explanation', (message) => {
      const it: Schemas['Explanation'] = JSON.parse(message.data)
      old.add([
        ['run', it.run, 'explanations'],
        ['run', it.other, 'explanations'],
      ])
    })
    source.addEventListener('verification', (message) => {
      const it: Schemas['Verification'] = JSON.parse(message.data)
      old.add([['runs'], ['run', it.run, 'verification']])
    })
    source.addEventListener('job', (message) => {
      const job: string = JSON.parse(message.data)
      old.add([['jobs'], ['job', job]])
    })
    source.addEventListener('replaying', (message) => {
      const it: Schemas['Replaying'] = JSON.parse(message.data)
      old.add([['run', it.run, 'replays']])
    })
  }

  function arrive() {
    const wasAway = client.getQueryData(presence.queryKey) === 'away'
    client.setQueryData(presence.queryKey, 'here')
    if (wasAway) void client.invalidateQueries() // what was told meanwhile was not heard
  }

  async function miss() {
    const unheard = source.readyState === EventSource.CLOSED // the browser gives up on a refusal
    if (!(await answers())) client.setQueryData(presence.queryKey, 'away')
    if (unheard && !closed) again = setTimeout(connect, AGAIN_AFTER)
  }

  connect()
  return () => {
    closed = true
    clearTimeout(again)
    source.close()
  }
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch('/health')).ok
  } catch {
    return false
  }
}

/** The questions whose answers may have changed with {@code event}. */
export function touchedBy(event: RunEvent): QueryKey[] {
  switch (event.kind) {
    case 'session-started':
      return []
    case 'session-ended':
      return [['runs'], ['run']] // it does not say which run was open
    case 'recording-noted':
      return [event.run ? ['run', event.run] : ['run']]
    case 'data-touched':
    case 'child-ran':
    case 'output-added':
    case 'input-read':
    case 'snapshot-taken':
    case 'metric-logged':
    case 'artifact-named':
    case 'run-tagged':
    case 'run-remarked':
    case 'load-sampled':
    case 'engine-loaded':
    case 'variable-read':
      return [['run', event.run, 'whole']]
    case 'run-opened':
      return [['runs'], ['experiments'], ['run', event.run]]
    case 'cell-started':
    case 'cell-ended':
      return [['runs'], ['run', event.run, 'whole']]
  }
}

/** Asks again for what grew old: one round at a time, so that a busy run never floods the server. */
class OldAnswers {
  private readonly client: QueryClient
  private readonly keys = new Map<string, QueryKey>()
  private atWork = false

  constructor(client: QueryClient) {
    this.client = client
  }

  add(keys: QueryKey[]) {
    for (const key of keys) this.keys.set(JSON.stringify(key), key)
    void this.renew()
  }

  private async renew() {
    if (this.atWork) return
    this.atWork = true
    while (this.keys.size > 0) {
      const now = [...this.keys.values()]
      this.keys.clear()
      await Promise.all(now.map((queryKey) => this.client.invalidateQueries({ queryKey })))
      await new Promise((done) => setTimeout(done, PAUSE))
    }
    this.atWork = false
  }
}
