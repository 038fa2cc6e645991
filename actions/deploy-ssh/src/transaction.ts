import type { MainOutcome, TargetOutcome } from '@belay/action-kit'
import { postConfirmer } from '@belay/host'
import { closeFleet } from '@belay/host/fleet'
import { keyFromInputs } from '@belay/host/inputs'
import { deploy } from './deploy.ts'
import { type DeployInputs, isRelease } from './inputs.ts'
import { resultsOf, withResults } from './results.ts'
import { rollback } from './rollback.ts'
import { preflightCommand, status } from './status.ts'
import { armedTargetsOf, type DeployStep, type SavedRelease, targetName, undoRelease } from './undo.ts'

const commands: Record<DeployInputs['command'], (inputs: DeployInputs, step: DeployStep) => Promise<MainOutcome>> = {
  deploy,
  rollback,
  preflight: preflightCommand,
  status,
}

/** The main stage, of each command. */
export function main(inputs: DeployInputs, step: DeployStep): Promise<MainOutcome> {
  const command = commands[inputs.command]
  if (!isRelease(inputs)) return command(inputs, step)
  const names = inputs.hosts.map(({ name }) => name)
  return withResults(step, names, inputs.slots.length > 0, (watched) => command(inputs, watched))
}

/** What post does with an open release, or with one whose confirm was under way. */
export async function undo(saved: SavedRelease, step: DeployStep, until: number): Promise<TargetOutcome[]> {
  const results = resultsOf(step)
  const onPhase = (phase: string, host: string) => {
    const event = { event: 'phase', phase, host } as const
    results?.record(event)
    step.record(event)
  }
  const outcomes = saved.confirming
    ? await postConfirmer(step).confirm(armedTargetsOf(saved))
    : await undoRelease(saved, keyFromInputs, until, onPhase)
  results?.setOutcomes(outcomes, (host) => targetName(saved.service, host, saved.fillsSlots === true))
  return outcomes
}

/** Closes what this step opened. */
export const close = (step: DeployStep) => closeFleet(step.journal, step.id)
