import type { ArmedTarget, Step, TargetOutcome } from '@belay/action-kit'
import { armedTargets, type SavedFleet, type UndoSpec, undoFleet } from '@belay/host/fleet'
import type { LoginKey } from '@belay/host/inputs'
import { type Serving, servingName } from '@belay/release-model'
import { script } from './script.ts'

/** What post needs to undo a release. No secret. */
export interface SavedRelease extends SavedFleet {
  /** The release filled slots; `current` was not touched. */
  readonly fillsSlots?: true
  /** The detail for a host without an earlier release to restore. */
  readonly nothingDetail?: string
}

export type DeployStep = Step<SavedRelease>

/** The hosts of a release as armed targets. */
export function armedTargetsOf(saved: SavedRelease): ArmedTarget[] {
  return armedTargets(saved, undoSpec(saved).target)
}

/** The name of a host's release among the job's armed targets. */
export function targetName(service: string, host: string, fillsSlots: boolean): string {
  return fillsSlots ? `${service} slot on ${host}` : `${service} on ${host}`
}

/** How a release is undone, and the texts for it. */
export function undoSpec(saved: Omit<SavedRelease, keyof SavedFleet> & Pick<SavedRelease, 'service'>): UndoSpec {
  const { service, fillsSlots } = saved
  return {
    target: (host) => targetName(service, host, fillsSlots === true),
    untouchedDetail: 'nothing was changed there',
    restoredDetail: (had) => (fillsSlots ? 'its slot is idle again' : restoredDetail(had, saved.nothingDetail)),
    autoReverts: 'it rolls back on its own when its confirm timeout expires',
    script,
  }
}

function restoredDetail(
  had: Serving | undefined,
  nothing = 'no earlier release to restore: none was committed before',
): string {
  if (had === undefined) return 'the release that was committed before is restored'
  return had.release === '' ? nothing : `${servingName(had)} serves again`
}

/** Starts the undo on all hosts of a release at once, and follows each until `until` (monotonic seconds). Never throws. */
export async function undoRelease(
  saved: SavedRelease,
  key: () => LoginKey,
  until: number,
  onPhase: (phase: string, host: string) => void,
): Promise<TargetOutcome[]> {
  return undoFleet(saved, undoSpec(saved), key, until, onPhase)
}
