import type { InstanceHistory, ProbeCause, Sample } from './sample.ts'

export type Verdict = 'pass' | 'fail' | 'inconclusive'

export interface Evaluation {
  readonly verdict: Verdict
  /** Names the instances that decided the verdict, what they did last and how often. */
  readonly reason: string
  readonly cause: ProbeCause
}

/**
 * The verdict that is certain before the deadline, if any: `pass` when every instance passed its last `successes` probes;
 * `fail` or `inconclusive` when waiting cannot fix what one of them did. Pure.
 */
export function evaluateEarly(histories: readonly InstanceHistory[], successes: number): Evaluation | undefined {
  const hopeless = histories.filter((history) => history.samples.at(-1)?.fatal || isMisread(history, successes))
  if (hopeless.length > 0) return evaluation(hopeless, successes)
  if (histories.length > 0 && histories.every((history) => passesInARow(history) >= successes))
    return passed(histories, successes)
  return undefined
}

/**
 * The verdict of a watch that is certain before its end, if any. A watch passes at its end only. It fails as soon as what it
 * watches failed `successes` probes in a row, or where waiting cannot fix what it did. Pure.
 */
export function evaluateWatch(histories: readonly InstanceHistory[], successes: number): Evaluation | undefined {
  const failed = histories.filter(({ samples }) => samples.at(-1)?.fatal || failsInARow(samples) >= successes)
  return failed.length > 0 ? evaluation(failed, successes) : undefined
}

/**
 * The verdict at the deadline: `pass` where every instance passed its last `successes` probes. Otherwise the last `successes` probes of an instance count: `fail`
 * if one of these measured something unexpected, `inconclusive` if they measured nothing, or too little. Pure.
 */
export function evaluateAtDeadline(histories: readonly InstanceHistory[], successes: number): Evaluation {
  const open = histories.filter((history) => passesInARow(history) < successes)
  if (histories.length > 0 && open.length === 0) return passed(histories, successes)
  const violating = open.filter((history) => isViolating(history, successes))
  return evaluation(violating.length > 0 ? violating : open, successes)
}

function passed(histories: readonly InstanceHistory[], successes: number): Evaluation {
  const metrics = histories.filter(({ condition }) => condition !== undefined).length
  const only = metrics === histories.length ? 'metrics' : 'instances and metrics'
  const many = metrics === 0 ? 'instances' : only
  const instances = histories.length === 1 ? nameOf(histories) : `each of ${histories.length} ${many}`
  const versions = versionsOf(histories)
  const version = versions.length === 1 ? ` with version \`${versions[0]}\`` : ''
  return { verdict: 'pass', cause: 'as-expected', reason: `${instances} passed ${inARow(successes)}${version}` }
}

function evaluation(histories: readonly InstanceHistory[], successes: number): Evaluation {
  const described = histories.slice(0, namedInstances).map((history) => describeHistory(history, successes))
  const more = histories.length > namedInstances ? [`and ${histories.length - namedInstances} more instances`] : []
  return {
    verdict: histories.some((history) => isViolating(history, successes)) ? 'fail' : 'inconclusive',
    cause: histories.map(lastProblem).find((sample) => sample !== undefined)?.cause ?? 'timeout',
    reason: [...described, ...more].join('; ') || 'there was nothing to probe',
  }
}

/** How many instances a reason names; the table of the job summary has all. */
const namedInstances = 3

function describeHistory(history: InstanceHistory, successes: number): string {
  const { name, samples } = history
  const problem = lastProblem(history)
  const passes = passesInARow(history)
  if (samples.length === 0) return `${name}: no probe ended before the deadline`
  if (!problem) return `${name}: passed only ${inARow(passes)} before the deadline, ${successes} are required`
  if (passes > 0)
    return `${name}: passed only ${inARow(passes)}, ${successes} are required; before that it ${problem.message}`
  const same = samples.length - 1 - samples.findLastIndex(({ message }) => message !== problem.message)
  return `${name}: ${problem.message} (${share(same, samples.length)})`
}

function share(last: number, all: number): string {
  if (all === 1) return 'its only probe'
  if (last === all) return `all ${all} probes`
  return last === 1 ? `the last of ${all} probes` : `the last ${last} of ${all} probes`
}

/** The expected version answers as often as a pass needs, and not at the place that is read. */
function isMisread({ samples }: InstanceHistory, successes: number): boolean {
  const last = samples.slice(-successes)
  return last.length === successes && last.every(({ cause }) => cause === 'version-elsewhere')
}

function isViolating(history: InstanceHistory, successes: number): boolean {
  return history.samples.slice(-successes).some(({ kind }) => kind === 'fail' || kind === 'wrong-version')
}

function passesInARow({ samples }: InstanceHistory): number {
  return samples.length - 1 - samples.findLastIndex(({ kind }) => kind !== 'pass')
}

function failsInARow(samples: readonly Sample[]): number {
  return samples.length - 1 - samples.findLastIndex(({ kind }) => kind !== 'fail' && kind !== 'wrong-version')
}

function lastProblem({ samples }: InstanceHistory): Sample | undefined {
  return samples.findLast(({ kind }) => kind !== 'pass')
}

/** The versions that the instances reported last, each once. */
export function versionsOf(histories: readonly InstanceHistory[]): string[] {
  const last = histories.map(({ samples }) => samples.findLast(({ version }) => version !== undefined)?.version)
  return [...new Set(last.filter((version) => version !== undefined))]
}

function nameOf(histories: readonly InstanceHistory[]): string {
  return histories.map(({ name }) => name).join(', ')
}

function inARow(count: number): string {
  return count === 1 ? 'once' : `${count} times in a row`
}
