import { type ContainerStatus, conditionOf, containersOf, type Pod } from './objects.ts'
import type { Sign } from './sign.ts'

/** Restarts of each container, by name. */
export type Restarts = Readonly<Record<string, number>>

export function restartsOf(pod: Pod): Restarts {
  return Object.fromEntries(containersOf(pod).map(({ name, restartCount }) => [name, restartCount]))
}

/**
 * What a pod's containers say. Restarts before `before` was read are not counted: a pod that was there before the release
 * may have some. `killedByProbe`: events say that a liveness or startup probe fails. Pure.
 */
export function containerSigns(pod: Pod, before: Restarts, killedByProbe: boolean): Sign[] {
  return containersOf(pod).flatMap((container) => [
    ...waitingSign(container),
    ...exitSign(container, before[container.name] ?? 0, killedByProbe),
  ])
}

/** What a pod says about itself. Pure. */
export function podSigns({ status }: Pod): Sign[] {
  const signs: Sign[] = []
  if (status?.phase === 'Failed')
    signs.push({
      word: nodeReasons.has(status.reason ?? '') ? (status.reason ?? '') : 'failed',
      message: status.message ?? '',
    })
  const scheduled = conditionOf(status?.conditions, 'PodScheduled')
  if (scheduled?.status === 'False' && scheduled.reason === 'Unschedulable')
    signs.push({ word: 'Unschedulable', message: scheduled.message ?? '' })
  return signs
}

/** Why a node gives a pod up; its controller makes another one. */
const nodeReasons = new Set([
  'Evicted',
  'NodeShutdown',
  'Terminated',
  'Shutdown',
  'Preempting',
  'NodeLost',
  'NodeAffinity',
])

/** Whether a container of the pod has ever been made: its volumes are mounted. Pure. */
export function hasStarted(pod: Pod): boolean {
  return containersOf(pod).some(({ state, lastState }) => state?.running || state?.terminated || lastState?.terminated)
}

function waitingSign({ name, state, lastState }: ContainerStatus): Sign[] {
  const { reason = '', message = '' } = state?.waiting ?? {}
  if (reason !== '' && reason !== 'CrashLoopBackOff') return [{ word: reason, message, container: name }]
  // With `restartPolicy: Never`, or while it waits: the container was never started.
  const ended = state?.terminated ?? (reason === 'CrashLoopBackOff' ? lastState?.terminated : undefined)
  if (ended?.reason !== 'StartError' && ended?.reason !== 'ContainerCannotRun') return []
  return [{ word: ended.reason, message: ended.message ?? '', container: name }]
}

function exitSign(container: ContainerStatus, before: number, killedByProbe: boolean): Sign[] {
  const { name, state, lastState, restartCount } = container
  const ended = state?.terminated ?? lastState?.terminated
  const waits = state?.waiting?.reason === 'CrashLoopBackOff'
  // An init container that ended well has done its work.
  if (!ended || (ended.exitCode === 0 && !waits)) return []
  const exits = restartCount - before + (state?.terminated ? 1 : 0)
  const times = waits ? Math.max(2, exits) : exits
  if (times <= 0) return []
  const word = ended.reason === 'OOMKilled' ? 'OOMKilled' : killedByProbe ? 'liveness' : 'exited'
  return [{ word, message: `exit code ${exitWords(ended.exitCode)}`, container: name, times }]
}

/** An exit code, with what it usually means. Pure. */
export function exitWords(code: number): string {
  const meaning = meanings[code]
  return meaning === undefined ? String(code) : `${code} (${meaning})`
}

const meanings: Readonly<Record<number, string>> = {
  126: 'the command cannot be run',
  127: 'the command was not found',
  134: 'aborted, SIGABRT',
  137: 'killed, SIGKILL: often for its memory',
  139: 'memory fault, SIGSEGV',
  143: 'asked to end, SIGTERM',
}
