export type {
  FaultName,
  JobResult,
  RunController,
  RunEvent,
  StepOutcome,
  StepResult,
  StepStage,
} from './events.ts'
export type { Faults } from './faults.ts'
export type { Annotation } from './log.ts'
export { RUNNER_TIMING, type Timing } from './process.ts'
export {
  startWorkflow,
  stepPaths,
  type WorkflowRunOptions,
  type WorkflowRunResult,
} from './start-workflow.ts'
export { SUPPORTED_SYNTAX } from './supported-syntax.ts'
export { UnsupportedWorkflow } from './unsupported-workflow.ts'
export type { Job, Step, Workflow } from './workflow.ts'
