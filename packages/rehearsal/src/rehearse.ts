import { type Faults, type Play, type PlayResult, stepPaths } from './engine/index.ts'
import { belayRoot, exampleRoot, type Version, workflowPath } from './example.ts'
import { type Expectation, expectationOf } from './expectation.ts'
import type { Fault } from './options.ts'
import { readPromises } from './promises.ts'
import { type Proof, prove } from './proof.ts'
import type { Stage } from './stage.ts'

/** One release to rehearse: `version` over `old`, or over nothing, perhaps struck by a fault. */
export interface Rehearsal {
  readonly version: Version
  readonly old: Version | undefined
  readonly fault: Fault | undefined
}

export interface Rehearsed {
  readonly expectation: Expectation
  readonly played: PlayResult
  readonly proof: Proof
  /** What is not as promised, the job's own end included; empty where all is. */
  readonly problems: readonly string[]
}

export interface Watching<Expected = Expectation> {
  onEvent?: NonNullable<Play['onEvent']>
  /** The job is over, the hosts are being asked. */
  onProve?: (expectation: Expected) => void
  /** Services on hosts that are not yet as promised. */
  onWait?: (places: readonly string[], seconds: number) => void
}

/**
 * How long hosts wait for the end of a job whose runner gets lost, in seconds: long enough for the job to get to the
 * fault, short enough for somebody who waits for their return. Any other job has Belay's default.
 */
export const confirmTimeout = 30

/** What a host needs at most beyond its countdown: a lock that was not armed yet is held for 60 s, a restart is made. */
export const beyondSeconds = 60 + 30

/** The paths of all steps of the example's workflow, in their order. `workDir`: any folder. */
export function examplePaths(workDir: string): Promise<string[]> {
  return stepPaths({ workflow: workflowPath(exampleRoot), belayRoot, callerRoot: exampleRoot, workDir })
}

/** Plays a release and proves what became of it. */
export async function rehearse(
  stage: Stage,
  paths: readonly string[],
  { version, old, fault }: Rehearsal,
  { onEvent = () => {}, onProve = () => {}, onWait = () => {} }: Watching = {},
): Promise<Rehearsed> {
  const expectation = expectationOf(readPromises(belayRoot), paths, version, old, fault)
  const played = await stage.release(version, {
    onEvent,
    ...(fault && { faults: faultsOf(fault, paths) }),
    ...(fault?.kind === 'loseRunner' && { vars: { CONFIRM_TIMEOUT: `${confirmTimeout}s` } }),
  })
  onProve(expectation)
  const proof = await prove(stage.hosts, expectation, confirmTimeout + beyondSeconds, onWait)
  const problems = [...strikeProblems(played, fault), ...endProblems(expectation, played), ...proof.problems]
  return { expectation, played, proof, problems }
}

/** The phase in the middle of which a step that changes something is struck. */
const middles: Readonly<Record<string, string>> = {
  'deploy-ssh': 'restart',
  'migrate-db': 'apply',
  'blue-green-switch': 'weight-100',
}

/**
 * Strikes in the middle of the work: a deploy while its first host restarts the service, a switch while the first
 * host's traffic moves, a migration while it is applied, any other step of Belay's as it begins. What writes no record
 * is struck at its end.
 */
export function faultsOf({ kind, step }: Fault, paths: readonly string[]): Faults {
  const name = step.split('/').at(-1) ?? ''
  const inside = paths.some((path) => path === `${step}/deploy-ssh`) ? 'deploy-ssh' : name
  const middle = middles[inside]
  const record = (line: unknown) => {
    const { event, phase, action } = (line ?? {}) as { event?: string; phase?: string; action?: string }
    return middle ? event === 'phase' && phase === middle : event === 'step-began' && action === name
  }
  return { [kind]: step, at: { stage: 'main', record } }
}

/** A fault that did not strike proves nothing. */
export function strikeProblems({ struck }: PlayResult, fault: Fault | undefined): string[] {
  return fault && !struck.includes(fault.kind) ? [`the fault did not strike: ${fault.step} did not run`] : []
}

/** What of the job's own end is not as promised. */
function endProblems(expectation: Expectation, { conclusion, jobs }: PlayResult): string[] {
  const { release } = jobs
  const result = release?.outputs.result
  // A runner that vanished has no outputs any more: that is how a reader comes to `unknown`.
  const said = conclusion === 'lost' ? (result ?? expectation.result) : result
  return [
    ...(conclusion === expectation.conclusion
      ? []
      : [`the run must end as ${expectation.conclusion}, not ${conclusion}`]),
    ...(said === expectation.result
      ? []
      : [`the job's result must be ${expectation.result ?? 'empty'}, not ${said ?? 'empty'}`]),
  ]
}
