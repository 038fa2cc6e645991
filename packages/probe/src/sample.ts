/**
 * The kind of a probe's result.
 * - `pass`: measured, and as expected.
 * - `fail`: measured, and not as expected.
 * - `wrong-version`: measured, and another version than the expected one answered.
 * - `error`: could not be measured. No answer is an error, and so is an answer without the required version: no data
 *   never counts as healthy.
 */
export type SampleKind = 'pass' | 'fail' | 'wrong-version' | 'error'

/** The cause of a probe's result, for programs; `message` is for people. */
export type ProbeCause =
  | 'as-expected'
  | 'status'
  | 'redirect'
  | 'certificate'
  | 'wrong-version'
  | 'no-version'
  /** The expected version is in the answer, at another place. */
  | 'version-elsewhere'
  | 'unresolved'
  | 'no-route'
  | 'refused'
  | 'timeout'
  | 'broken-off'
  | 'protocol'
  | 'unreachable'
  /** A metric was measured, and its condition does not hold. */
  | 'limit'
  | 'no-data'
  | 'too-few-samples'
  /** The server of the metrics answered, and not with metrics. */
  | 'metrics-refused'
  /** The query of a metric is wrong, or not one number. */
  | 'query'

export interface ProbeResult {
  readonly kind: SampleKind
  readonly cause: ProbeCause
  /** What the instance did, as text that follows its name: `answered 503`. The same text for the same behaviour. */
  readonly message: string
  /** The reported version, made printable. */
  readonly version?: string
  /** Of a metric: the number, and of how many samples. */
  readonly value?: number
  readonly count?: number
  /** True where waiting cannot fix it: the gate ends. */
  readonly fatal?: boolean
}

/** A result, when its probe started and how long it took: milliseconds, the start since the gate began. */
export interface Sample extends ProbeResult {
  readonly startedMs: number
  readonly ms: number
}

/** All samples of one instance, oldest first. */
export interface InstanceHistory {
  /** The whole name: `https://api.example.com/health (203.0.113.7)`. */
  readonly name: string
  /** The URL without its query, or what else the user named. */
  readonly target: string
  /** Which of the target's instances: an address, `proxy …`; empty as long as the target has none. */
  readonly address: string
  /** Of a metric: what it must be, such as `< 0.01`. */
  readonly condition?: string
  readonly samples: readonly Sample[]
}
