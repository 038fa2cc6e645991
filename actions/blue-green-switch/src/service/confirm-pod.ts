import { firstLine } from '@belay/action-kit'
import { type KubeObject, lastingReasons, timer } from '@belay/kubernetes'

interface ContainerState {
  readonly running?: object
  readonly waiting?: { readonly reason?: string; readonly message?: string }
  readonly terminated?: { readonly exitCode?: number; readonly reason?: string; readonly message?: string }
}

export interface ConfirmPod extends KubeObject {
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string; readonly message?: string }[]
    readonly initContainerStatuses?: readonly {
      readonly name: string
      readonly state?: ContainerState
      readonly lastState?: ContainerState
    }[]
  }
}

/** Whether the pod of the confirm Job waits for its time, what it lacks, or why it never will. */
export type ConfirmState = { readonly is: 'armed' | 'waiting' | 'failed'; readonly why: string }

/** Pure. */
export function confirmState({ status }: ConfirmPod): ConfirmState {
  for (const { name, state = {}, lastState = {} } of status?.initContainerStatuses ?? []) {
    const failed = [state, lastState].find(({ terminated }) => (terminated?.exitCode ?? 0) !== 0)?.terminated
    const { reason = '', message = '' } = failed ?? state.waiting ?? {}
    const why = `container ${name}: ${firstLine(message) || reason}`
    if (failed || lastingReasons.includes(reason)) return { is: 'failed', why }
    if (name === timer && state.running) return { is: 'armed', why: '' }
    if (state.waiting && reason !== 'PodInitializing') return { is: 'waiting', why }
  }
  const unmet = status?.conditions?.find(({ status: is, message }) => is === 'False' && message !== undefined)
  return { is: 'waiting', why: unmet?.message ?? 'its pod has not started' }
}
