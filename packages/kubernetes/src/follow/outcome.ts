import { isDone } from './done.ts'
import { type Failing, type Finding, saysLittle } from './evaluate.ts'
import type { Evidence } from './evidence.ts'
import type { FollowCode } from './reasons.ts'
import type { WorkloadKind } from './rollout.ts'
import { type FollowedWorkload, type FollowState, readyPods } from './state.ts'
import { oneLine } from './text.ts'

/** How far one workload came. */
export interface WorkloadState {
  readonly kind: WorkloadKind
  readonly name: string
  /** The hash of the template that was rolled out; a Job's name. */
  readonly revision: string | undefined
  readonly wanted: number
  readonly updated: number
  /** New pods that are ready; of a Job, pods that ended well. */
  readonly ready: number
  /** Pods of former templates that still run. */
  readonly old: number
  readonly complete: boolean
  /** From the start of following until it was complete, or until now. */
  readonly seconds: number
}

export type FollowOutcome =
  | { readonly ok: true; readonly workloads: readonly WorkloadState[] }
  | {
      readonly ok: false
      readonly code: FollowCode
      /** One sentence: which workload and pod, and what is wrong. */
      readonly reason: string
      /** How to fix it. */
      readonly remedy: string
      /** `deployment/api`. */
      readonly workload: string
      readonly evidence: readonly Evidence[]
      readonly workloads: readonly WorkloadState[]
    }

const messageBytes = 500

/** What a failure is to the user. Where the workload's own reason says little, that of its pod counts. Pure. */
export function failureOf(failing: Failing): { code: FollowCode; reason: string; remedy: string } {
  const { sighting, explanation, workload } = failing
  const own = sighting.reason
  const explained = explanation?.sighting.reason
  const takesOver = explained && saysLittle(failing) && own.code === 'not-ready'
  const { code, remedy } = takesOver ? explained : own
  const why = explanation ? `. ${capital(describe(explanation))}` : ''
  return { code, reason: `${workload}: ${describe(failing)}${why}.`, remedy }
}

function describe({ sighting: { reason, sign, times }, pod }: Finding): string {
  const names = [pod && `pod ${pod.pod.metadata.name}`, sign.container && `container ${sign.container}`].filter(Boolean)
  const where = names.length > 0 ? `${names.join(', ')}: ` : ''
  // Most messages of Kubernetes end without a full stop, some with one.
  const message = oneLine(sign.message, messageBytes).replace(/\.$/, '')
  const what = times < 2 ? (reason.whatOnce ?? reason.what) : reason.what
  return [`${where}${what}`, message].filter(Boolean).join(': ')
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

export function workloadStates(state: FollowState, now: number): WorkloadState[] {
  return [...state.workloads.values()].map((workload) => stateOf(workload, state, now))
}

function stateOf(workload: FollowedWorkload, { startedAt }: FollowState, now: number): WorkloadState {
  const { ref, rollout, revision, completed } = workload
  const complete = isDone(workload, now)
  const counts = rollout?.observed ? rollout : { wanted: rollout?.wanted ?? 0, updated: 0, available: 0, old: 0 }
  return {
    kind: ref.kind,
    name: ref.name,
    revision: revision?.hash,
    wanted: counts.wanted,
    updated: counts.updated,
    ready: ref.kind === 'Job' || complete ? counts.available : readyPods(workload),
    old: counts.old,
    complete,
    seconds: Math.max(0, Math.round(((complete && completed ? completed.at : now) - startedAt) * 10) / 10),
  }
}
