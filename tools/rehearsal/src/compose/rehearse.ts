import { type LoadReport, startLoadClient } from '@belay/load'
import { type RunEvent, stepPaths, type WorkflowRunOptions } from '@belay/workflow-runner'
import { withCommonProblems } from '../checks/common.ts'
import { faultsOf, injectionProblems } from '../fault.ts'
import { followReports } from '../observe/reports.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { readTraffic } from '../promises.ts'
import type { EndedRun } from '../runs.ts'
import { expectedFor } from '../schema.ts'
import { shortTimes } from '../short-times.ts'
import { reportProblems } from '../traffic-report.ts'
import { type Expectation, expectationsOf, type Run } from './expectation.ts'
import type { Lab } from './lab.ts'
import { type Environment, exampleRoot, shop } from './shop.ts'
import { lookBefore, runProblems, type Verification, verify } from './verification.ts'

export interface Rehearsed {
  readonly expectation: Expectation
  readonly runResult: EndedRun
  readonly verification: Verification
  /** What users saw; undefined for a first release, which has no users yet. */
  readonly trafficReport: LoadReport | undefined
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
}

export interface Watching {
  onEvent?: NonNullable<WorkflowRunOptions['onEvent']>
  /** The run has ended and the server is being inspected. Called again until all is as promised. */
  onVerify?: (later: boolean, seconds: number) => void
}

/**
 * The confirm timeout of a job whose runner is lost, in seconds: long enough for the job to reach the fault, short enough
 * for a user who waits. Any other job has Belay's default.
 */
export const confirmTimeout = 40

/** What a server needs at most beyond its confirm timeout: an unarmed lock is held for 60 s, and containers stop. */
const beyondSeconds = 60 + 60

/** Requests a second that users make. */
const rate = 200

/** The paths of all steps of an environment's workflow, in their order. `workDir`: any folder. */
export function pathsOf(environment: string, workDir: string): Promise<string[]> {
  const workflow = workflowPath(exampleRoot, `${environment}.yml`)
  return stepPaths({ workflow, belayRoot, callerRoot: exampleRoot, workDir })
}

/** Runs a release under traffic and verifies its result. */
export async function rehearse(
  lab: Lab,
  paths: readonly string[],
  run: Run & { environment: Environment },
  { onEvent = () => {}, onVerify = () => {} }: Watching = {},
): Promise<Rehearsed> {
  const { environment, version, back, old, fault, externalFailure } = run
  const expectations = expectationsOf(readTraffic(belayRoot), paths, run)
  const before = await lookBefore(lab, environment)
  const reports = followReports(lab.slack, lab.github)
  // The team wrote the database's password into .env, and its Compose file gives it to containers.
  const places = { hosts: [lab.server(environment).host], knownToHold: [`${shop.folder}/.env`, '/run/docker/'] }
  const users = old && (await openUsers(lab, environment))
  const injectOn = externalFailure ? injectRegistryFault(lab, externalFailure) : () => {}
  try {
    const runResult = await lab.release(environment, back ? 'previous' : version, {
      onEvent(event, controller) {
        injectOn(event)
        onEvent(event, controller)
      },
      ...(fault && { faults: faultsOf(fault, paths) }),
      ...(fault?.kind === 'loseRunner' && { vars: shortTimes(confirmTimeout) }),
    })
    // The registry itself is inspected next.
    lab.registry.fault = () => undefined
    const wait = (seconds: number) =>
      onVerify(
        expectations.some(({ later }) => later),
        seconds,
      )
    wait(0)
    const verification = await verify(lab, environment, {
      before,
      expectations,
      laterSeconds: confirmTimeout + beyondSeconds,
      onWait: wait,
      andMore: (problems) => withCommonProblems(problems, runResult, reports(), places),
    })
    const expectation = expectedFor(expectations, verification.seen.schema)
    const trafficReport = await users?.stop()
    return {
      expectation,
      runResult,
      verification,
      trafficReport,
      problems: [
        ...injectionProblems(runResult, fault, paths),
        ...runProblems(expectation, verification.seen, run.schema, runResult),
        ...verification.problems,
        ...(trafficReport ? reportProblems(shop.name, trafficReport, expectation.announced) : []),
      ],
    }
  } finally {
    lab.registry.fault = () => undefined
    await users?.stop()
  }
}

/** Users come through nginx over TLS, each request on a connection of its own. */
function openUsers(lab: Lab, environment: Environment) {
  const { host, certificate } = lab.server(environment)
  const url = `https://${host.address}${shop.page}`
  return startLoadClient({ url, ca: certificate, rate, connections: 'fresh', versionOf: 'header:x-version' })
}

/** Makes the registry refuse requests as the external failure says. Failures of the code are in its commit. */
function injectRegistryFault({ registry }: Lab, externalFailure: string): (event: RunEvent) => void {
  const denied = { status: 403 } as const
  if (externalFailure === 'push-refused')
    registry.fault = ({ method, path }) => (method === 'PUT' && path.includes('/manifests/') ? denied : undefined)
  if (externalFailure !== 'pull-refused') return () => {}
  // Until then the run's own job must find in the registry what it pushed.
  return (event) => {
    if (event.type === 'step-start' && event.path.endsWith('/deploy-ssh'))
      registry.fault = ({ path }) => (/\/(manifests|blobs)\//.test(path) ? denied : undefined)
  }
}
