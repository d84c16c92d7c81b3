import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ReplayPanel } from '../reproduction/ReplayPanel'
import { Copy } from '../ui/Copy'
import { duration, plural } from '../ui/format'
import { Moment } from '../ui/Moment'
import { unreachable } from '../ui/unreachable'
import type { Run, RunId } from './queries'
import css from './RunHead.module.css'
import { StatusBadge } from './StatusBadge'

/** What a run is, before its cells. */
export function RunHead({ run }: { run: Run }) {
  const own = run.history.filter((step) => step.run === run.run)
  const took = own.reduce((sum, step) => sum + (step.tookNanos ?? 0), 0) / 1e6
  return (
    <header className={css.head}>
      <div className={css.title}>
        <p className={css.crumb}>
          <Link to="/runs" search={{ experiment: run.experiment }}>
            {run.experiment}
          </Link>
        </p>
        <h1>{run.name ?? run.experiment}</h1>
        <StatusBadge status={run.status} />
      </div>
      <ReplayPanel run={run} />
      <dl className={css.facts}>
        <Fact name="Run">
          <Copy text={run.run} of="the run's id" />
        </Fact>
        <Fact name="Started">
          <Moment at={run.startedAt} />
        </Fact>
        <Fact name="Took">
          {duration(took)} in {plural(own.length, 'step')}
        </Fact>
        <Fact name="Origin">
          <OriginOf run={run} />
        </Fact>
        {run.continues && (
          <Fact name="Continues">
            <RunLink run={run.continues} />
          </Fact>
        )}
        <Fact name="Beside">
          <Link to="/compare" search={{ b: run.run }}>
            {run.origin.kind === 'replay'
              ? 'compare with the original'
              : 'compare with the run before'}
          </Link>
        </Fact>
        {Object.entries(run.tags).map(([key, value]) => (
          <Fact key={key} name={key}>
            {value}
          </Fact>
        ))}
        {run.remarks.length > 0 && <Fact name="Notes">{run.remarks.join(' · ')}</Fact>}
        <Fact name="Notebook">
          {run.notebook.path ? (
            <Copy text={run.notebook.path} of="the notebook's path" />
          ) : (
            run.notebook.foundBy
          )}
        </Fact>
        <Fact name="Code history">
          <Copy
            text={`git clone ${location.origin}/git/${encodeURIComponent(run.experiment)}.git`}
            of="the command; git asks for a password, which is the server's token"
          />
        </Fact>
      </dl>
    </header>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function OriginOf({ run: { origin } }: { run: Run }) {
  switch (origin.kind) {
    case 'interactive':
      return 'cells run by hand'
    case 'headless':
      return 'whole notebook, unattended'
    case 'replay':
      return (
        <>
          replay of <RunLink run={origin.of} />
        </>
      )
    default:
      return unreachable(origin)
  }
}

function RunLink({ run }: { run: RunId }) {
  return (
    <Link to="/runs/$run" params={{ run }}>
      <code>{run}</code>
    </Link>
  )
}
