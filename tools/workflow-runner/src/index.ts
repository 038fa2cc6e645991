export type { DerivedStep } from './derive.ts'
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
export type { Launch, LaunchedStep } from './model.ts'
export { RUNNER_TIMING, type Timing } from './process.ts'
export {
  deriveSteps,
  startWorkflow,
  stepPaths,
  type WorkflowRunOptions,
  type WorkflowRunResult,
} from './start-workflow.ts'
export { SUPPORTED_SYNTAX } from './supported-syntax.ts'
export { pushStarts } from './triggers.ts'
export { UnsupportedWorkflow } from './unsupported-workflow.ts'
export { type Job, readWorkflowFile, type Step, triggerOf, type Workflow } from './workflow.ts'
