import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { duration } from '../ui/format'
import { Moment } from '../ui/Moment'
import { Scroll } from '../ui/Scroll'
import { RunVerdict } from '../verification/RunVerdict'
import { cellText, type NamedColumn } from './columns'
import type { RunSummary } from './queries'
import css from './RunsTable.module.css'
import { nextIndex } from './rowKeys'
import { StatusBadge } from './StatusBadge'

/** The runs as rows. j and k or the arrows go from row to row, Enter opens. */
export function RunsTable({
  runs,
  columns,
  chosen,
  choose,
}: {
  runs: readonly RunSummary[]
  columns: readonly NamedColumn[]
  /** Ids of the rows that are ticked. */
  chosen: readonly string[]
  choose: (chosen: string[]) => void
}) {
  const table = useRef<HTMLTableElement>(null)
  // Keys are the document's: they must work before anything has been clicked.
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (table.current) walk(event, table.current)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <Scroll of="Table of runs" className={css.scroll}>
      <table ref={table} className={css.runs}>
        <thead>
          <tr>
            <th scope="col" className={css.tick}>
              <span className={css.unseen}>Compare</span>
            </th>
            <th scope="col">Run</th>
            <th scope="col">Status</th>
            <th scope="col">Verdict</th>
            <th scope="col" className={css.wide}>
              Started
            </th>
            <th scope="col" className={`${css.wide} ${css.number}`}>
              Took
            </th>
            <th scope="col" className={`${css.wide} ${css.number}`}>
              Steps
            </th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className={css.wide}>
                <code className={css.heading}>{name}</code>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row
              key={run.run}
              run={run}
              columns={columns}
              ticked={chosen.includes(run.run)}
              tick={(on) =>
                choose(on ? [...chosen, run.run] : chosen.filter((it) => it !== run.run))
              }
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function Row({
  run,
  columns,
  ticked,
  tick,
}: {
  run: RunSummary
  columns: readonly NamedColumn[]
  ticked: boolean
  tick: (on: boolean) => void
}) {
  return (
    <tr>
      <td className={css.tick}>
        <input
          type="checkbox"
          aria-label={`Compare ${run.run}`}
          checked={ticked}
          onChange={(event) => tick(event.target.checked)}
        />
      </td>
      <th scope="row">
        <Link to="/runs/$run" params={{ run: run.run }} className={css.open} data-row="">
          {run.name ?? run.experiment}
        </Link>
        <span className={css.below}>
          {run.origin.kind === 'replay' && <>replay of {run.origin.of} · </>}
          {run.name && <>{run.experiment} · </>}
          <code>{run.run}</code>
        </span>
        <span className={`${css.below} ${css.narrow}`}>
          <Moment at={run.startedAt} /> · {duration(run.tookMillis)} · {run.steps} steps
        </span>
      </th>
      <td>
        <StatusBadge status={run.status} />
      </td>
      <td>
        <RunVerdict run={run} />
      </td>
      <td className={css.wide}>
        <Moment at={run.startedAt} />
      </td>
      <td className={`${css.wide} ${css.number}`}>{duration(run.tookMillis)}</td>
      <td className={`${css.wide} ${css.number}`}>{run.steps}</td>
      {columns.map((column) => {
        const text = cellText(run, column)
        return (
          <td key={column.name} className={`${css.wide} ${css.value}`} title={text}>
            {text}
          </td>
        )
      })}
    </tr>
  )
}

function walk(event: KeyboardEvent, table: HTMLElement) {
  const target = event.target as HTMLElement
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches('input, select, textarea')) {
    return
  }
  if (event.key === '/') {
    event.preventDefault()
    document.querySelector<HTMLInputElement>('input[type=search]')?.focus()
    return
  }
  const rows = [...table.querySelectorAll<HTMLElement>('[data-row]')]
  const next = rows[nextIndex(event.key, rows.indexOf(target), rows.length)]
  if (next) {
    event.preventDefault()
    next.focus()
  }
}
