import { differingForms, type FormPair } from '../difference/outputs'
import type { Run, Step } from '../run/queries'
import { shortDigest } from '../ui/format'
import { align, type StepPair } from './alignment'

/** Something that both runs may have under the same name. */
export interface NamedPair {
  name: string
  left?: string
  right?: string
}

/** A step beside its counterpart, and in what they differ. */
export interface ComparedPair extends StepPair {
  sourceDiffers: boolean
  forms: FormPair[]
  outcomeDiffers: boolean
  /** Names of the variables and metrics that the two left otherwise. */
  numbers: string[]
}

/** Two runs beside each other; what is the same in both is in it too. */
export interface Comparison {
  pairs: ComparedPair[]
  parameters: NamedPair[]
  values: NamedPair[]
  metrics: NamedPair[]
  data: NamedPair[]
  environment: NamedPair[]
}

export function compare(left: Run, right: Run): Comparison {
  const named = (of: (run: Run) => Map<string, string>) => paired(of(left), of(right))
  return {
    pairs: align(left.history, right.history).map(compared),
    parameters: named(parametersOf),
    values: named(valuesOf),
    metrics: named(metricsOf),
    data: named(dataOf),
    environment: named(environmentOf),
  }
}

export function isDifferent({ left, right }: NamedPair): boolean {
  return left !== right
}

export function differs(pair: ComparedPair): boolean {
  const { sourceDiffers, outcomeDiffers, forms, numbers } = pair
  return sourceDiffers || outcomeDiffers || forms.length + numbers.length > 0
}

export function howMany(differing: number): string {
  return differing === 1 ? '1 differs' : `${differing} differ`
}

/** How much a number grew; nothing where either side is none. */
export function growth({ left, right }: NamedPair): number | undefined {
  if (!left?.trim() || !right?.trim()) return undefined
  const by = Number(right) - Number(left)
  return Number.isFinite(by) && by !== 0 ? by : undefined
}

function compared({ left, right }: StepPair): ComparedPair {
  return {
    ...(left && { left }),
    ...(right && { right }),
    sourceDiffers: left?.source !== right?.source,
    outcomeDiffers: JSON.stringify(left?.outcome) !== JSON.stringify(right?.outcome),
    forms: left && right ? differingForms(left.outputs, right.outputs) : [],
    numbers:
      left && right
        ? paired(numbersOf(left), numbersOf(right))
            .filter(isDifferent)
            .map((it) => it.name)
        : [],
  }
}

/** What a step left behind: variables by text or digest, and all that it logged. */
function numbersOf({ values, metrics }: Step): Map<string, string> {
  const all = new Map(values.map((it) => [it.name, it.text ?? it.digest ?? '']))
  for (const { name, value } of metrics) all.set(name, `${all.get(name) ?? ''} ${value}`)
  return all
}

function paired(left: Map<string, string>, right: Map<string, string>): NamedPair[] {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort()
  return names.map((name) => {
    const [a, b] = [left.get(name), right.get(name)]
    return { name, ...(a !== undefined && { left: a }), ...(b !== undefined && { right: b }) }
  })
}

/** The last that each name had. */
function last<T>(run: Run, of: (step: Step) => readonly T[], entry: (it: T) => [string, string]) {
  return new Map(run.history.flatMap(of).map(entry))
}

function parametersOf(run: Run) {
  return last(
    run,
    (step) => step.parameters,
    (it) => [it.name, it.value],
  )
}

function valuesOf(run: Run) {
  return last(
    run,
    (step) => step.values.filter((it) => it.text !== undefined || it.digest !== undefined),
    (it) => [it.name, it.text ?? shortDigest(it.digest ?? '')],
  )
}

function metricsOf(run: Run) {
  return last(
    run,
    (step) => step.metrics,
    (it) => [it.name, String(it.value)],
  )
}

/** What each path held when it was first read, or what came first from a URL. */
function dataOf(run: Run) {
  const read = run.history
    .flatMap((step) => step.data)
    .filter((it) => it.digest && (it.direction === 'READ' || it.direction === 'RECEIVED'))
    .reverse() // of two the first stays
  return new Map(read.map((it) => [it.path, shortDigest(it.digest ?? '')]))
}

function environmentOf({ environment: it, kernel, host, history }: Run) {
  const jars = [...it.classPath, ...history.flatMap((step) => step.jars)]
  return new Map([
    ['JDK', `${it.jdk.version} ${it.jdk.vendor}`],
    ['Kernel', kernel],
    ['Host', host],
    ['System', it.operatingSystem],
    ['Processors', String(it.processors)],
    ['Heap at most', String(it.maxHeapBytes)],
    ['Flags', it.flags.join(' ')],
    ['Locale', it.locale],
    ['Time zone', it.zone],
    ['Encoding', it.encoding],
    ['Line end', JSON.stringify(it.lineSeparator)],
    ['User', it.user?.name ?? 'unknown'],
    ...Object.entries(it.variables),
    ...jars.map(
      (jar) =>
        [jar.path.split('/').pop() ?? jar.path, shortDigest(jar.digest ?? 'a folder')] as const,
    ),
  ] as [string, string][])
}
