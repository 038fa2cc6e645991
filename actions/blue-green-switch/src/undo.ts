import type { ArmedTarget, Step, TargetOutcome } from '@belay/action-kit'
import { armedTargets, type SavedFleet, type UndoSpec, undoFleet } from '@belay/host/fleet'
import type { LoginKey } from '@belay/host/inputs'
import { type Serving, servingName } from '@belay/release-model'
import { script } from './script.ts'

/** What post needs to move traffic back. No secret. */
export type SavedSwitch = SavedFleet

export type SwitchStep = Step<SavedSwitch>

/** The hosts of a switch as armed targets. */
export function armedTargetsOf(saved: SavedSwitch): ArmedTarget[] {
  return armedTargets(saved, undoSpec(saved).target)
}

/** The name of a host's traffic among the job's armed targets. */
export function targetName(service: string, host: string): string {
  return `traffic of ${service} on ${host}`
}

/** How a switch is undone, and the texts for it. */
export function undoSpec({ service }: Pick<SavedSwitch, 'service'>): UndoSpec {
  return {
    target: (host) => targetName(service, host),
    untouchedDetail: 'its traffic was not touched',
    restoredDetail,
    autoReverts: 'it moves its traffic back on its own when its confirm timeout expires; both slots keep running',
    script,
  }
}

function restoredDetail(had: Serving | undefined): string {
  if (!had?.slot) return 'traffic is back where it was'
  const where = had.slot.includes(' ') ? `slots ${had.slot}` : `slot ${had.slot}`
  return had.version || had.release
    ? `traffic is back on ${servingName(had)} in ${where}`
    : `traffic is back in ${where}`
}

/** Starts the undo on all hosts of a switch at once, and follows each until `until` (monotonic seconds). Never throws. */
export async function undoSwitch(
  saved: SavedSwitch,
  key: () => LoginKey,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<TargetOutcome[]> {
  return undoFleet(saved, undoSpec(saved), key, until, onPhase)
}
