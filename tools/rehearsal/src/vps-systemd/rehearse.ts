import { stepPaths, type WorkflowRunOptions } from '@belay/workflow-runner'
import { withCommonProblems } from '../checks/common.ts'
import { type Fault, faultsOf, injectionProblems } from '../fault.ts'
import { followReports } from '../observe/reports.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { readPromises } from '../promises.ts'
import type { EndedRun } from '../runs.ts'
import { shortTimes } from '../short-times.ts'
import type { Version } from '../version.ts'
import { type Expectation, expectationOf } from './expectation.ts'
import { type Lab, qaWorkflow } from './lab.ts'
import { exampleRoot, services } from './services.ts'
import { direct, openTraffic, type TrafficReport, trafficProblems } from './traffic.ts'
import { type Verification, verify } from './verification.ts'

/** One release to rehearse: `version` over `old`, or the first one, perhaps with a fault. */
export interface Release {
  readonly version: Version
  readonly old: Version | undefined
  readonly fault: Fault | undefined
}

export interface Rehearsed {
  readonly expectation: Expectation
  readonly runResult: EndedRun
  readonly verification: Verification
  /** The reports of all clients; a first release has none. */
  readonly trafficReports: readonly TrafficReport[]
  /** What is not as promised, the job's conclusion included; empty if all is. */
  readonly problems: readonly string[]
}

export interface Watching<Expected = Expectation> {
  onEvent?: NonNullable<WorkflowRunOptions['onEvent']>
  /** The job has ended and the hosts are being inspected. */
  onVerify?: (expectation: Expected) => void
  /** Services on hosts that are not yet as promised. */
  onWait?: (places: readonly string[], seconds: number) => void
}

/**
 * The confirm timeout of a job whose runner is lost, in seconds: long enough for the job to reach the fault, short enough
 * for a user who waits. Any other job has Belay's default.
 */
export const confirmTimeout = 30

/** What a host needs at most beyond its confirm timeout: an unarmed lock is held for 60 s, and a service restarts. */
export const beyondSeconds = 60 + 30

/** The paths of all steps of the example's workflow, in their order. `workDir`: any folder. */
export function examplePaths(workDir: string): Promise<string[]> {
  return stepPaths({ workflow: workflowPath(exampleRoot, qaWorkflow), belayRoot, callerRoot: exampleRoot, workDir })
}

/** Runs a release under traffic and verifies its result. */
export async function rehearse(
  lab: Lab,
  paths: readonly string[],
  release: Release,
  { onEvent = () => {}, onVerify = () => {}, onWait = () => {} }: Watching = {},
): Promise<Rehearsed> {
  const { version, old, fault } = release
  const expectation = expectationOf(readPromises(belayRoot), paths, version, old, fault)
  const reports = followReports(lab.slack, lab.github)
  const traffic = await openTraffic(lab.hosts, old ? services : [], direct)
  try {
    const runResult = await lab.release(version, {
      onEvent,
      ...(fault && { faults: faultsOf(fault, paths) }),
      ...(fault?.kind === 'loseRunner' && { vars: shortTimes(confirmTimeout) }),
    })
    onVerify(expectation)
    const verification = await verify(lab.hosts, expectation, {
      laterSeconds: confirmTimeout + beyondSeconds,
      onWait,
      andMore: (problems) => withCommonProblems(problems, runResult, reports(), lab),
    })
    const trafficReports = await traffic.stop()
    const problems = [
      ...injectionProblems(runResult, fault, paths),
      ...endProblems(expectation, runResult),
      ...verification.problems,
      // A restart interrupts a service without slots: failed requests are shown only.
      ...trafficReports.flatMap((one) => trafficProblems(one, announcedTo(one, expectation, release), 'shown')),
    ]
    return { expectation, runResult, verification, trafficReports, problems }
  } finally {
    await traffic.stop()
  }
}

/** What users may see: the release only if its step is reached. */
export function announcedTo(
  { service }: Pick<TrafficReport, 'service'>,
  { services: expected }: Expectation,
  { version, old }: Release,
): Version[] {
  const isReached = expected.some((one) => one.service === service && one.promised)
  return [...(old ? [old] : []), ...(isReached ? [version] : [])]
}

/** Where the job's conclusion and result are not as promised. */
export function endProblems(expectation: Expectation, { conclusion, jobs }: EndedRun): string[] {
  const { release } = jobs
  const result = release?.outputs.result
  // A lost runner has no outputs: for a reader that is `unknown`.
  // With a fault before the first Belay step there is no result, which also means `unchanged`.
  const said = conclusion === 'lost' ? (result ?? expectation.result) : result || 'unchanged'
  return [
    ...(conclusion === expectation.conclusion
      ? []
      : [`the run must end as ${expectation.conclusion}, not ${conclusion}`]),
    ...(said === expectation.result ? [] : [`the job's result must be ${expectation.result}, not ${said}`]),
  ]
}
