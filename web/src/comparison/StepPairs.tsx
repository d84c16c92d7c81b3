import { FormDiff } from '../difference/FormDiff'
import { LineDiff } from '../difference/LineDiff'
import type { Step } from '../run/queries'
import { plural } from '../ui/format'
import css from './ComparePage.module.css'
import { type ComparedPair, differs, howMany } from './comparison'

const NAMES = { left: 'A', right: 'B' }

/** The cells of two runs beside each other; stretches that are the same take one line. */
export function StepPairs({ pairs }: { pairs: readonly ComparedPair[] }) {
  return (
    <section className={css.part} aria-labelledby="cells">
      <h2 id="cells">
        Cells <span>{howMany(pairs.filter(differs).length)}</span>
      </h2>
      <ol className={css.pairs}>
        {stretches(pairs).map((stretch) =>
          'same' in stretch ? (
            <li key={idOf(stretch.first)} className={css.same}>
              {plural(stretch.same, 'cell')} the same
            </li>
          ) : (
            <li key={idOf(stretch)} id={idOf(stretch)}>
              <Pair pair={stretch} />
            </li>
          ),
        )}
      </ol>
    </section>
  )
}

export function idOf({ left, right }: ComparedPair): string {
  return `pair-${left?.step ?? ''}-${right?.step ?? ''}`
}

/** A pair that differs, or how many follow one another that do not. */
function stretches(
  pairs: readonly ComparedPair[],
): (ComparedPair | { same: number; first: ComparedPair })[] {
  const all: (ComparedPair | { same: number; first: ComparedPair })[] = []
  for (const pair of pairs) {
    const before = all.at(-1)
    if (differs(pair)) all.push(pair)
    else if (before && 'same' in before) before.same++
    else all.push({ same: 1, first: pair })
  }
  return all
}

function Pair({ pair }: { pair: ComparedPair }) {
  const { left, right, sourceDiffers, outcomeDiffers, forms, numbers } = pair
  const title = titleOf(left, right)
  return (
    <details open>
      <summary>
        <h3>{title}</h3>
        <span>
          {[
            !right && 'only in A',
            !left && 'only in B',
            left && right && sourceDiffers && 'other code',
            left && right && outcomeDiffers && 'other outcome',
            forms.length > 0 && `other ${forms.map((it) => it.name).join(', ')}`,
            numbers.length > 0 && `other values of ${numbers.join(', ')}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </summary>
      {sourceDiffers && (
        <LineDiff
          expected={left?.source ?? ''}
          actual={right?.source ?? ''}
          names={NAMES}
          of={`code, ${title}`}
        />
      )}
      {left && right && outcomeDiffers && (
        <LineDiff
          expected={outcomeOf(left)}
          actual={outcomeOf(right)}
          names={NAMES}
          of={`outcome, ${title}`}
        />
      )}
      {forms.map((form, index) => (
        // Runs that are over never change, and one form may come twice.
        <figure key={index}>
          <figcaption>{form.name}</figcaption>
          <FormDiff {...form} names={NAMES} of={`${form.name}, ${title}`} />
        </figure>
      ))}
    </details>
  )
}

function titleOf(left: Step | undefined, right: Step | undefined): string {
  if (left && right && left.step !== right.step) return `Step ${left.step} and step ${right.step}`
  return `Step ${left?.step ?? right?.step}`
}

function outcomeOf({ outcome }: Step): string {
  if (!outcome) return 'still running'
  return outcome.kind === 'failed' ? `failed: ${outcome.exception}` : outcome.kind
}
