import { annotation } from './annotations.ts'
import { escapePointer } from './compare.ts'

/** The annotation of a Lease that says what its transaction has come to. */
export const stateName = annotation('state')

/** Where the state stands in a Lease, for a JSON Patch. */
export const stateAt = `/metadata/annotations/${escapePointer(stateName)}`

/** The state while a release is neither committed nor undone. */
export function openState(release: string): string {
  return `open ${release}`
}

/** The state once the cluster has moved the traffic of an open release back: nothing commits it any more. */
export function expiredState(release: string): string {
  return `expired ${release}`
}

/** The state once a release is committed. */
export function committedState(release: string): string {
  return `committed ${release}`
}

/** The release that is open in that state, expired or not; undefined where none is. */
export function openRelease(state: string): string | undefined {
  return /^(?:open|expired) (.*)$/s.exec(state)?.[1]
}
