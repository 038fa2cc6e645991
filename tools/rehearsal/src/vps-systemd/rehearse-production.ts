import { stepPaths } from '@belay/workflow-runner'
import { withCommonProblems } from '../checks/common.ts'
import { faultsOf, injectionProblems } from '../fault.ts'
import { followReports } from '../observe/reports.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { readPromises, readTraffic } from '../promises.ts'
import type { EndedRun } from '../runs.ts'
import { expectedFor } from '../schema.ts'
import { shortTimes } from '../short-times.ts'
import { tagOf } from '../version.ts'
import type { Lab } from './lab.ts'
import { neighbourProblems, readNeighbours } from './neighbours.ts'
import { type ProductionLab, productionWorkflow, settingsFiles } from './production.ts'
import {
  type ExpectedJob,
  type ProductionExpectation,
  type ProductionRun,
  productionExpectationOf,
} from './production-expectation.ts'
import { type ProductionVerification, runProblems, verifyProduction } from './production-verification.ts'
import { beyondSeconds, confirmTimeout, type Watching } from './rehearse.ts'
import { exampleRoot, services } from './services.ts'
import { openTraffic, type TrafficReport, throughProxy } from './traffic.ts'

export interface ProductionRehearsed {
  readonly expectation: ProductionExpectation
  /** What was expected of each service with the schema that was found. */
  readonly expectedJobs: readonly ExpectedJob[]
  readonly runResult: EndedRun
  readonly verification: ProductionVerification
  /** The reports of all clients; a first release of a service has none. */
  readonly trafficReports: readonly TrafficReport[]
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
}

/** The paths of all steps of the production workflow, in their order. `workDir`: any folder. */
export function productionPaths(workDir: string): Promise<string[]> {
  const workflow = workflowPath(exampleRoot, productionWorkflow)
  return stepPaths({ workflow, belayRoot, callerRoot: exampleRoot, workDir })
}

/** Runs the production workflow under traffic and verifies the result. */
export async function rehearseProduction(
  lab: Lab,
  production: ProductionLab,
  paths: readonly string[],
  run: ProductionRun,
  { onEvent = () => {}, onVerify = () => {}, onWait = () => {} }: Watching<ProductionExpectation> = {},
): Promise<ProductionRehearsed> {
  const { version, back, serving, fault } = run
  const promises = { hosts: readPromises(belayRoot), traffic: readTraffic(belayRoot) }
  const expectation = productionExpectationOf(promises, paths, run)
  const live = services.filter(({ name }) => serving[name])
  const reports = followReports(lab.slack, production.github)
  const neighbours = await readNeighbours(lab.hosts)
  const places = { hosts: lab.hosts, knownToHold: settingsFiles }
  const traffic = await openTraffic(lab.hosts, live, throughProxy)
  try {
    const runResult = await production.release(back ? 'previous' : version, {
      onEvent,
      ...(fault && { faults: faultsOf(fault, paths) }),
      ...(fault?.kind === 'loseRunner' && { vars: shortTimes(confirmTimeout) }),
    })
    onVerify(expectation)
    const verification = await verifyProduction(lab, production, expectation, {
      laterSeconds: confirmTimeout + beyondSeconds,
      onWait,
      andMore: async (problems) => {
        const moved = neighbourProblems(neighbours, await readNeighbours(lab.hosts))
        return withCommonProblems([...problems, ...moved], runResult, reports(), places)
      },
    })
    const trafficReports = await traffic.stop()
    const { expectedJobs } = expectedFor(expectation.outcomes, verification.schema)
    const ended = runProblems(expectation, expectedJobs, runResult, trafficReports)
    return {
      expectation,
      expectedJobs,
      runResult,
      verification,
      trafficReports,
      problems: [...injectionProblems(runResult, fault, paths), ...ended, ...verification.problems],
    }
  } finally {
    await traffic.stop()
  }
}

/** The name of a run: `v1.1.0` or `previous`. */
export function nameOf({ version, back }: ProductionRun): string {
  return back ? 'previous' : tagOf(version)
}
