export type {
  FaultName,
  JobResult,
  RunController as Controller,
  RunEvent as Event,
  StepOutcome as Outcome,
  StepResult,
  StepStage as Stage,
} from './events.ts'
export type { Faults } from './faults.ts'
export type { Annotation } from './log.ts'
export { RUNNER_TIMING, type Timing } from './process.ts'
export {
  startWorkflow as play,
  stepPaths,
  type WorkflowRunOptions as Play,
  type WorkflowRunResult as PlayResult,
} from './start-workflow.ts'
export { SUPPORTED_SYNTAX as SUBSET } from './supported-syntax.ts'
export { UnsupportedWorkflow as Refusal } from './unsupported-workflow.ts'
export type { Job, Step, Workflow } from './workflow.ts'
