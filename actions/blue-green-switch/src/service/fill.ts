import { Failure, type JobState } from '@belay/action-kit'
import type { CommitRecord, LeaseRef, SlotFill } from '@belay/kubernetes'
import type { ServiceInputs } from './inputs.ts'

/** What deploy-kubernetes saves in the journal of the job, as far as a switch needs it. */
export interface FilledRelease {
  readonly release: string
  readonly lease: LeaseRef
  readonly fill: SlotFill
  readonly keeping: { readonly record: CommitRecord }
  readonly committed?: CommitRecord
}

/** The release that this job has filled; undefined where it had nothing to do. @throws Failure `not-filled` */
export function filledRelease({ steps }: JobState, inputs: ServiceInputs): FilledRelease | undefined {
  const { service, environment } = inputs.release
  const own = steps.filter((one) => one.action === 'deploy-kubernetes' && one.service === service && one.mutates)
  const last = own.at(-1)
  if (last?.ended?.result === 'noop') return undefined
  const saved = last?.undo as Partial<FilledRelease> | undefined
  const { release, lease, fill, keeping } = saved ?? {}
  if (last?.ended?.ok && release && lease?.environment === environment && fill && keeping)
    return { ...(saved as FilledRelease), release, lease, fill, keeping }
  throw new Failure(
    'not-filled',
    `No step of this job has filled a slot of ${service} in ${inputs.namespace}. Nothing was changed.`,
    'run deploy-kubernetes with the same slots before this step. To go back to the slot that had the traffic: `command: rollback`.',
  )
}
