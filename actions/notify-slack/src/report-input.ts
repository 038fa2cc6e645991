import type { JobState } from '@belay/action-kit'
import type { RecordLine, Release, WorkflowRun } from '@belay/release-model'
import type { JobStatus } from './inputs.ts'

/** All that a story is told from. */
export interface Told {
  readonly record: readonly RecordLine[]
  readonly job: JobState
  readonly run: WorkflowRun
  /** `running` until the last post; then how the job ended. */
  readonly status: 'running' | JobStatus
}

/** Journal and record say the same; a step alone may have written to one of them only. */
export function releasesOf({ job, record }: Told): Release[] {
  return [...job.releases, ...record.flatMap((line) => (line.event === 'release-began' ? [line.release] : []))]
}
