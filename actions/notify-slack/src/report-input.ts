import type { JobState } from '@belay/action-kit'
import type { RecordLine, Release, WorkflowRun } from '@belay/release-model'
import type { JobStatus } from './inputs.ts'

/** All that a report is built from. */
export interface ReportInput {
  readonly record: readonly RecordLine[]
  readonly job: JobState
  readonly run: WorkflowRun
  /** `running` until the last post; then the status of the job. */
  readonly status: 'running' | JobStatus
}

/** Journal and record hold the same releases; a step used without `release` may have written to only one of them. */
export function releasesOf({ job, record }: ReportInput): Release[] {
  return [...job.releases, ...record.flatMap((line) => (line.event === 'release-began' ? [line.release] : []))]
}
