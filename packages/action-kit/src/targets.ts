import type { Move, Result } from '@belay/release-model'

/**
 * A target that rolls back on its own unless it is confirmed. `handle` is what the package that armed it needs to ask,
 * confirm or undo it from another process; it holds no secret. Its kind names that package.
 */
export interface ArmedTarget {
  /** What an operator calls it, unique in a job: `acme-api on deploy@203.0.113.7`. */
  readonly name: string
  readonly service: string
  readonly handle: { readonly kind: string; readonly [more: string]: unknown }
  /**
   * What rolls back together: of targets with the same text the confirm timeout of the last one counts. Undefined for a target
   * that rolls back alone.
   */
  readonly transaction?: string
  /** The version that served and the one that will; undefined where users see no change, as in a slot without traffic. */
  readonly move?: Move
  /** `proxy`: users reach the service through it, on servers that are targets of their own. Default: it serves itself. */
  readonly role?: 'proxy'
}

/** A target that a step changes for users at once, and that never rolls back on its own, such as a service on Render. */
export type MovedTarget = Pick<ArmedTarget, 'name' | 'service'> & { readonly move: Move }

/** The outcome of one target. */
export interface TargetOutcome {
  readonly target: string
  readonly service: string
  readonly result: Result
  readonly detail: string
  /** The change stays, complete and named (a schema, rule 15), though what users see was rolled back. */
  readonly stays?: true
}
