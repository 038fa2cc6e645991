import { stepPaths, type WorkflowRunOptions, type WorkflowRunResult } from '@belay/workflow-runner'
import { faultsOf, strikeProblems } from '../fault.ts'
import { belayRoot, workflowPath } from '../paths.ts'
import { readRender } from '../promises.ts'
import { type Expectation, expectationOf, type Run } from './expectation.ts'
import type { Lab } from './lab.ts'
import { exampleRoot, workflow } from './services.ts'
import { endProblems, mark, type Verification, verify } from './verification.ts'

export interface Rehearsed {
  readonly expectation: Expectation
  readonly played: WorkflowRunResult
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
  const { fault, trouble, version, back } = run
  const expectation = expectationOf(readRender(belayRoot), paths, run)
  const before = mark(lab)
  lab.meet(trouble)
  const faults = fault && { faults: faultsOf(fault, paths) }
  const played = await lab.release(back ? 'previous' : version, { onEvent, ...faults })
  const verification = await verify(lab, expectation, before)
  lab.meet(undefined)
  const problems = [...strikeProblems(played, fault), ...endProblems(expectation, played), ...verification.problems]
  return { expectation, played, verification, problems }
}
