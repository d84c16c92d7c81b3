import { shortDigest } from '../ui/format'
import type { Step } from './queries'
import css from './ValueList.module.css'

/** The parameters that stand in a step's source, and what its variables held after it. */
export function ValueList({ step }: { step: Step }) {
  const parameters = new Set(step.parameters.map((it) => it.name))
  const others = step.values.filter((it) => !parameters.has(it.name))
  if (parameters.size + others.length === 0) return null
  return (
    <ul className={css.values} aria-label={`Parameters and values of step ${step.step}`}>
      {step.parameters.map((it) => (
        <li
          key={it.name}
          data-parameter=""
          title={`parameter ${it.type} ${it.name}${it.masked ? ', a secret that was not recorded' : ''}`}
        >
          <span className={css.name}>{it.name}</span>
          <code>{it.value}</code>
        </li>
      ))}
      {others.map((it) => (
        <li key={it.name} title={`${it.type} ${it.name}`}>
          <span className={css.name}>{it.name}</span>
          <code>{it.text ?? (it.digest ? `${it.type} ${shortDigest(it.digest)}` : it.type)}</code>
        </li>
      ))}
    </ul>
  )
}
