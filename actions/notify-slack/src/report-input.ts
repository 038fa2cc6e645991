import type { JobState, RecordLine } from '@belay/action-kit'
import type { WorkflowRun } from '@belay/release-model'
import type { JobStatus } from './inputs.ts'

/** All that a report is built from. */
export interface ReportInput {
  readonly record: readonly RecordLine[]
  readonly job: JobState
  readonly run: WorkflowRun
  /** `running` until the last post; then the status of the job. */
  readonly status: 'running' | JobStatus
}
