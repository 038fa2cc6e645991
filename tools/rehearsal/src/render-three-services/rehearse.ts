import { stepPaths, type WorkflowRunOptions, type WorkflowRunResult } from '@belay/workflow-runner'
import { withCommonProblems } from '../checks/common.ts'
import { faultsOf, injectionProblems } from '../fault.ts'
import { followReports } from '../observe/reports.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { readRender } from '../promises.ts'
import { type Expectation, expectationOf, type Run } from './expectation.ts'
import type { Lab } from './lab.ts'
import { exampleRoot, workflow } from './services.ts'
import { endProblems, mark, type Verification, verify } from './verification.ts'

export interface Rehearsed {
  readonly expectation: Expectation
  readonly runResult: WorkflowRunResult
  readonly verification: Verification
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
}

/** The paths of all steps of the workflow, in their order. `workDir`: any folder. */
export function pathsOf(workDir: string): Promise<string[]> {
  return stepPaths({ workflow: workflowPath(exampleRoot, workflow), belayRoot, callerRoot: exampleRoot, workDir })
}

/** Runs a release and verifies its result. */
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
  const faults = fault && { faults: faultsOf(fault, paths) }
  const runResult = await lab.release(back ? 'previous' : version, { onEvent, ...faults })
  const verification = await verify(lab, expectation, before, (problems) =>
    withCommonProblems(problems, runResult, reports(), { hosts: [] }),
  )
  lab.meet(undefined)
  const problems = [
    ...injectionProblems(runResult, fault, paths),
    ...endProblems(expectation, runResult),
    ...verification.problems,
  ]
  return { expectation, runResult, verification, problems }
}
