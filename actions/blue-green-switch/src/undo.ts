import type { ArmedTarget, Settled } from '@belay/action-kit'
import { armedTargets, type KeyOnly, type SavedFleet, undoFleet, type WayBack } from '@belay/host'
import { type Serving, servingName } from '@belay/release-model'
import { script } from './script.ts'

/** What post needs to move traffic back. No secret. */
export type SavedSwitch = SavedFleet

/** The hosts of a switch as armed targets. */
export function targetsOf(saved: SavedSwitch): ArmedTarget[] {
  return armedTargets(saved, wayBack(saved).target)
}

/** The name of a host's traffic among the job's armed targets. */
export function targetName(service: string, host: string): string {
  return `traffic of ${service} on ${host}`
}

/** How traffic goes back, and what is said of that. */
export function wayBack({ service }: Pick<SavedSwitch, 'service'>): WayBack {
  return {
    script,
    target: (host) => targetName(service, host),
    untouched: 'its traffic was not touched',
    back: backTo,
    alone: 'Its traffic returns by itself when its countdown ends, and both slots keep running',
  }
}

function backTo(had: Serving | undefined): string {
  if (!had?.slot) return 'traffic is back where it was'
  return had.version || had.release
    ? `traffic is back on ${servingName(had)} in slot ${had.slot}`
    : `traffic is back in slot ${had.slot}`
}

/** Tells all hosts of a switch at once to go back, and follows each until `until` (monotonic seconds). Never throws. */
export async function undoSwitch(
  saved: SavedSwitch,
  key: () => KeyOnly,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<Settled[]> {
  return undoFleet(saved, wayBack(saved), key, until, onPhase)
}
