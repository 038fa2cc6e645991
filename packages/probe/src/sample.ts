/**
 * What one probe found.
 * - `pass`: measured, and as expected.
 * - `fail`: measured, and not as expected.
 * - `wrong-version`: measured, and another version answered than the one that is waited for.
 * - `error`: could not be measured. No answer is an error, and so is an answer without what was asked for: no data is
 *   never taken for health.
 */
export type SampleKind = 'pass' | 'fail' | 'wrong-version' | 'error'

/** Why a probe found what it found, for programs; `said` tells people. */
export type ProbeCause =
  | 'as-expected'
  | 'status'
  | 'redirect'
  | 'certificate'
  | 'wrong-version'
  | 'no-version'
  | 'unresolved'
  | 'no-route'
  | 'refused'
  | 'timeout'
  | 'broken-off'
  | 'protocol'
  | 'unreachable'

export interface ProbeResult {
  readonly kind: SampleKind
  readonly cause: ProbeCause
  /** What the instance did, in words of Belay's that follow its name: `answered 503`. The same words for the same. */
  readonly message: string
  /** The version that it reported, made printable. */
  readonly version?: string
  /** True where waiting cannot fix it. It ends the gate. */
  readonly fatal?: boolean
}

/** A reading, and when it was taken: both in milliseconds, the first since the gate began. */
export interface Sample extends ProbeResult {
  readonly startedMs: number
  readonly ms: number
}

/** All samples of one instance, oldest first. */
export interface InstanceHistory {
  /** What it is called in one piece: `https://api.example.com/health (203.0.113.7)`. */
  readonly name: string
  /** The URL as it is told, or what else the user named. */
  readonly target: string
  /** Which of the target's instances: an address, `proxy …`; empty while a target has none yet. */
  readonly address: string
  readonly samples: readonly Sample[]
}
