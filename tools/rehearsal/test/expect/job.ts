import type { JobResult, StepOutcome, StepResult } from '@belay/workflow-runner'
import type { Unit } from '../../src/expect/unit.ts'

export const unit: Unit = {
  job: 'release',
  service: 'my-service',
  table: 'promises',
  steps: { deploy: 'release/deploy-ssh' },
}

/** A job that ended so, with its deploying step. */
export function job(conclusion: StepOutcome, deploy: Partial<StepResult>): JobResult {
  const step = { path: unit.steps.deploy, stage: 'main', outcome: 'success', ...deploy } as StepResult
  return { conclusion, steps: [step] } as unknown as JobResult
}

/** The main of a step that was killed. */
export const killed = { outcome: 'failure', end: { code: null, signal: 'SIGKILL' } } as const
