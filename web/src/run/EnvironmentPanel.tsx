import type { Schemas } from '../api/client'
import { Copy } from '../ui/Copy'
import { plural, shortDigest, size } from '../ui/format'
import css from './EnvironmentPanel.module.css'
import type { Run } from './queries'

/** What surrounded the cells, for whoever asks why it came out differently elsewhere. */
export function EnvironmentPanel({ run }: { run: Run }) {
  const { environment: it } = run
  const engines = run.history.flatMap((step) => step.engines)
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['JDK', `${it.jdk.version} ${it.jdk.vendor}`],
    ['JDK home', it.jdk.home],
    ['Kernel', run.kernel],
    ['Host', run.host],
    ['System', it.operatingSystem],
    ['Processors', String(it.processors)],
    ['Heap at most', size(it.maxHeapBytes)],
    ['Flags', it.flags.join(' ') || 'none'],
    ['Locale', it.locale],
    ['Time zone', it.zone],
    ['Encoding', it.encoding],
    ['Line end', JSON.stringify(it.lineSeparator)],
    ['User', it.user ? `${it.user.name}, ${it.user.home}` : 'unknown'],
    ['Working folder', it.workingDirectory],
    ...engines.map((engine) => [engine.name, words(engine)] as const),
    ...Object.entries(it.variables),
    ...it.absent.map((name) => [name, 'not set'] as const),
  ]
  return (
    <section aria-label="Environment" className={css.panel}>
      <details>
        <summary>
          <h2>Environment</h2>
          <span>
            JDK {it.jdk.version}, {it.operatingSystem}
          </span>
        </summary>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      <ClassPath jars={[...it.classPath, ...run.history.flatMap((step) => step.jars)]} />
    </section>
  )
}

function words({ version, djl, libraries }: Schemas['Engine']) {
  return [version, djl && `through DJL ${djl}`, ...libraries].filter(Boolean).join(', ')
}

function ClassPath({ jars }: { jars: readonly Schemas['Jar'][] }) {
  return (
    <details>
      <summary>
        <h2>Class path</h2>
        <span>
          {jars.length === 0 ? 'the JDK only' : plural(jars.length, 'entry').replace('ys', 'ies')}
        </span>
      </summary>
      <ul>
        {jars.map((jar) => (
          <li key={jar.path} title={jar.path}>
            {jar.coordinates ?? jar.path}{' '}
            {jar.digest && (
              <Copy text={jar.digest} shown={shortDigest(jar.digest)} of="the SHA-256" />
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}
