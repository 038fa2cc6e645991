import { type LoadClient, type LoadReport, startLoadClient } from '@belay/load'
import { stepPaths, type WorkflowRunOptions } from '@belay/workflow-runner'
import { withCommonProblems } from '../checks/common.ts'
import { faultsOf, injectionProblems } from '../fault.ts'
import { followReports } from '../observe/reports.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { readRender } from '../promises.ts'
import type { EndedRun } from '../runs.ts'
import { reportProblems } from '../traffic-report.ts'
import type { Version } from '../version.ts'
import { type Expectation, expectationOf, type Run } from './expectation.ts'
import type { Lab } from './lab.ts'
import { exampleRoot, workflow } from './services.ts'
import { endProblems, mark, type Verification, verify } from './verification.ts'

export interface Rehearsed {
  readonly expectation: Expectation
  readonly runResult: EndedRun
  readonly verification: Verification
  /** What users of the API saw. */
  readonly trafficReport: LoadReport
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
}

/** The paths of all steps of the workflow, in their order. `workDir`: any folder. */
export function pathsOf(workDir: string): Promise<string[]> {
  return stepPaths({ workflow: workflowPath(exampleRoot, workflow), belayRoot, callerRoot: exampleRoot, workDir })
}

/** Runs a release under traffic and verifies its result. */
export async function rehearse(
  lab: Lab,
  paths: readonly string[],
  run: Run,
  onEvent: NonNullable<WorkflowRunOptions['onEvent']> = () => {},
): Promise<Rehearsed> {
  const { fault, externalFailure, version, back } = run
  const expectation = expectationOf(readRender(belayRoot), paths, run)
  const before = mark(lab)
  const reports = followReports(lab.slack, lab.github)
  lab.meet(externalFailure)
  const users = await openUsers(lab)
  try {
    const faults = fault && { faults: faultsOf(fault, paths) }
    const runResult = await lab.release(back ? 'previous' : version, { onEvent, ...faults })
    const verification = await verify(lab, expectation, before, (problems) =>
      withCommonProblems(problems, runResult, reports(), { hosts: [] }),
    )
    const trafficReport = await users.stop()
    const problems = [
      ...injectionProblems(runResult, fault, paths),
      ...endProblems(expectation, runResult),
      ...verification.problems,
      ...reportProblems('acme-api', trafficReport, announcedBy(run, expectation), 'shown'),
    ]
    return { expectation, runResult, verification, trafficReport, problems }
  } finally {
    lab.meet(undefined)
    await users.stop()
  }
}

/** Users of the API. A deploy of its database, which has a disk, interrupts it: failed requests are shown only. */
function openUsers({ render }: Lab): Promise<LoadClient> {
  const url = `${render.urlOf('acme-api')}/api/health`
  return startLoadClient({ url, rate: 20, connections: 'fresh', versionOf: 'sha' })
}

/** What users may see: the release only if the run reaches Render. */
export function announcedBy({ before, version }: Run, { promised }: Expectation): Version[] {
  return [before['acme-api'], ...(promised ? [version] : [])]
}
