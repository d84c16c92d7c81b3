import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { Output } from '../output/Output'
import { JavaSource } from '../source/JavaSource'
import { duration } from '../ui/format'
import { ArtifactList } from './ArtifactList'
import css from './Cell.module.css'
import { ChanceList } from './ChanceList'
import { LoadCharts } from './Charts'
import { ChildList } from './ChildList'
import { DataList } from './DataList'
import { OutcomeBadge } from './OutcomeBadge'
import type { RunId, Step } from './queries'
import { TimeBar } from './TimeBar'
import { ValueList } from './ValueList'

interface Shown {
  step: Step
  /** Its time, as a share of the longest step's. */
  share: number
  /** The run that begins here, where the history passes from one run to the next. */
  from: RunId | undefined
  /** Whether it happened in a run that this one continues. */
  inherited: boolean
}

/** One cell run with all that is known of it. */
export const Cell = memo(function Cell({ step, share, from, inherited }: Shown) {
  const name = `step ${step.step}`
  const { outputs } = step
  return (
    <>
      {from && <Seam run={from} inherited={inherited} />}
      <section
        id={`step-${step.step}`}
        className={css.cell}
        aria-label={name}
        data-inherited={inherited}
      >
        <header className={css.head}>
          <h2>
            <span className={css.quiet}>Step</span> {step.step}
          </h2>
          {step.executionCount !== undefined && (
            <span className={css.quiet} title="The number in the notebook's margin">
              [{step.executionCount}]
            </span>
          )}
          <OutcomeBadge outcome={step.outcome} />
          {step.tags.map((tag) => (
            <span key={tag} className={css.tag}>
              {tag}
            </span>
          ))}
          <span className={css.time}>
            <TimeBar share={share} />
            {step.tookNanos === undefined ? '…' : duration(step.tookNanos / 1e6)}
          </span>
        </header>
        <JavaSource source={step.source} of={name} />
        {step.inputs.length > 0 && (
          <ul className={css.inputs} aria-label={`Lines read in ${name}`}>
            {step.inputs.map((input, index) => (
              // Lines only ever join at the end.
              <li key={index}>
                {input.prompt} <code>{input.text ?? '••••'}</code>
              </li>
            ))}
          </ul>
        )}
        {outputs.length > 0 && (
          <div className={css.outputs}>
            {outputs.map((output, index) => (
              // An output has no name but its place.
              <Output key={index} output={output} of={`output ${index + 1} of ${name}`} />
            ))}
          </div>
        )}
        <ChildList started={step.children} of={name} />
        <DataList data={step.data} of={name} />
        <ValueList step={step} />
        <ArtifactList step={step} />
        <ChanceList chance={step.chance} of={name} />
        <LoadCharts step={step} />
        {step.jars.length > 0 && (
          <p className={css.jars}>
            Added to the class path:{' '}
            {step.jars.map((jar) => jar.coordinates ?? jar.path).join(', ')}
          </p>
        )}
      </section>
    </>
  )
})

function Seam({ run, inherited }: { run: RunId; inherited: boolean }) {
  return (
    <p className={css.seam}>
      {inherited ? (
        <>
          from run{' '}
          <Link to="/runs/$run" params={{ run }}>
            <code>{run}</code>
          </Link>
        </>
      ) : (
        'this run begins here'
      )}
    </p>
  )
}
