import { type Play, type PlayResult, stepPaths } from '@belay/workflow-runner'
import { type Fault, faultsOf, strikeProblems } from '../fault.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { readPromises } from '../promises.ts'
import { shortTimes } from '../short-times.ts'
import type { Version } from '../version.ts'
import { type Expectation, expectationOf } from './expectation.ts'
import { qaWorkflow, type Stage } from './lab.ts'
import { exampleRoot } from './services.ts'
import { type Proof, prove } from './verification.ts'

/** One release to rehearse: `version` over `old`, or over nothing, perhaps struck by a fault. */
export interface Release {
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
  return stepPaths({ workflow: workflowPath(exampleRoot, qaWorkflow), belayRoot, callerRoot: exampleRoot, workDir })
}

/** Plays a release and proves what became of it. */
export async function rehearse(
  stage: Stage,
  paths: readonly string[],
  { version, old, fault }: Release,
  { onEvent = () => {}, onProve = () => {}, onWait = () => {} }: Watching = {},
): Promise<Rehearsed> {
  const expectation = expectationOf(readPromises(belayRoot), paths, version, old, fault)
  const played = await stage.release(version, {
    onEvent,
    ...(fault && { faults: faultsOf(fault, paths) }),
    ...(fault?.kind === 'loseRunner' && { vars: shortTimes(confirmTimeout) }),
  })
  onProve(expectation)
  const proof = await prove(stage.hosts, expectation, confirmTimeout + beyondSeconds, onWait)
  const problems = [...strikeProblems(played, fault), ...endProblems(expectation, played), ...proof.problems]
  return { expectation, played, proof, problems }
}

/** What of the job's own end is not as promised. */
function endProblems(expectation: Expectation, { conclusion, jobs }: PlayResult): string[] {
  const { release } = jobs
  const result = release?.outputs.result
  // A runner that vanished has no outputs any more: that is how a reader comes to `unknown`.
  // Where a fault strikes before the first step of Belay, nothing has said anything, which is `unchanged` as well.
  const said = conclusion === 'lost' ? (result ?? expectation.result) : result || 'unchanged'
  return [
    ...(conclusion === expectation.conclusion
      ? []
      : [`the run must end as ${expectation.conclusion}, not ${conclusion}`]),
    ...(said === expectation.result ? [] : [`the job's result must be ${expectation.result}, not ${said}`]),
  ]
}
