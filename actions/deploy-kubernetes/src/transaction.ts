import { type MainOutcome, monotonicSeconds, type TargetOutcome } from '@belay/action-kit'
import { closeConnection, sweepProxies } from '@belay/kubernetes'
import { endOf } from './canary/join.ts'
import { commitRelease, finishCommit } from './commit.ts'
import type { KubernetesStep } from './context.ts'
import { deploy } from './deploy.ts'
import type { KubernetesInputs } from './inputs.ts'
import { inspect } from './inspect.ts'
import { restore } from './lost-release.ts'
import { preflight } from './preflight.ts'
import { rollback } from './rollback.ts'
import type { SavedRelease } from './saved.ts'
import { releaseLock, undoRelease } from './undo.ts'

type Command = (inputs: KubernetesInputs, step: KubernetesStep) => Promise<MainOutcome>

const commands: Record<KubernetesInputs['command'], Command> = {
  deploy,
  rollback,
  restore,
  inspect,
  preflight,
}

/** The main stage, of each command. */
export const main: Command = (inputs, step) => commands[inputs.command](inputs, step)

/** What post does with an open release, or with one whose commit was under way. `until`: in monotonic seconds. */
export async function undo(saved: SavedRelease, step: KubernetesStep, until: number): Promise<TargetOutcome[]> {
  const end = endOf(saved, step)
  if (!('lease' in end)) return end
  return (await finishCommit(end, step)) ?? undoRelease(end, step, (until - monotonicSeconds()) * 1000)
}

/** What post does with a release that stays. */
export async function commit(saved: SavedRelease, step: KubernetesStep): Promise<TargetOutcome[]> {
  const end = endOf(saved, step)
  return 'lease' in end ? commitRelease(end, step) : end
}

/** Gives the lock back and closes what this step opened. */
export async function close(step: KubernetesStep): Promise<void> {
  // A main that was killed has left its own.
  sweepProxies()
  await releaseLock(step).finally(closeConnection)
}
