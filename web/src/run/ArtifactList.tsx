import { fileName } from '../ui/format'
import css from './ChanceList.module.css'
import type { Step } from './queries'

/** The files that a step named as its results. */
export function ArtifactList({ step }: { step: Step }) {
  if (step.artifacts.length === 0) return null
  return (
    <div className={css.chance}>
      <ul className={css.sources} aria-label={`Artifacts of step ${step.step}`}>
        <li className={css.label}>artifacts</li>
        {step.artifacts.map((path) => (
          <li key={path} title={path}>
            {fileName(path)}
          </li>
        ))}
      </ul>
    </div>
  )
}
