import { type MainOutcome, monotonicSeconds, type Step, type TargetOutcome, withinDeadline } from '@belay/action-kit'
import { closeConnection, failureOf, sweepProxies } from '@belay/kubernetes'
import type { ServiceInputs } from './inputs.ts'
import { preflight } from './preflight.ts'
import { rollback } from './rollback.ts'
import type { SavedMove } from './saved.ts'
import { status } from './status.ts'
import { switchTraffic } from './switch.ts'
import { commitMove, undoMove } from './undo.ts'

const commands: Record<
  ServiceInputs['command'],
  (inputs: ServiceInputs, step: Step<SavedMove>, signal: AbortSignal) => Promise<MainOutcome>
> = { switch: switchTraffic, rollback, status, preflight }

const role = 'run `command: preflight` of deploy-kubernetes with the same slots, which prints the role.'

/** The selectors of Services in a cluster. */
export async function main(inputs: ServiceInputs, step: Step<SavedMove>): Promise<MainOutcome> {
  try {
    return await withinDeadline(step.signal, inputs.deadline, (signal) =>
      commands[inputs.command](inputs, step, signal),
    )
  } catch (error) {
    throw failureOf(error, step.signal, role)
  } finally {
    // A main that fails opens its own for the undo.
    closeConnection()
  }
}

export function undo(saved: SavedMove, until: number): Promise<TargetOutcome[]> {
  return undoMove(saved, Math.max(1000, (until - monotonicSeconds()) * 1000))
}

export function commit(saved: SavedMove): Promise<TargetOutcome[]> {
  return commitMove(saved)
}

export function close(): void {
  // A main that was killed has left its own.
  sweepProxies()
  closeConnection()
}
