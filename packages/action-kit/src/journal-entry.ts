import type { Move, Release, Result } from '@belay/release-model'

/**
 * A place that will return to what it was by itself unless it is confirmed. `handle` is what the package that armed it
 * needs to ask, confirm or undo it from another process; it holds no secret. Its kind says which package that is.
 */
export interface ArmedTarget {
  /** What an operator calls it, unique in a job: `acme-api on deploy@203.0.113.7`. */
  readonly name: string
  readonly service: string
  readonly handle: { readonly kind: string; readonly [more: string]: unknown }
  /** What its users had and get; undefined where nothing that users reach is changed, as in a slot without traffic. */
  readonly move?: Move
}

/** A place whose users a step moves at once, and that never returns by itself, such as a service on Render. */
export type MovedTarget = Pick<ArmedTarget, 'name' | 'service'> & { readonly move: Move }

/** What became of one target, and in whose words. */
export interface TargetOutcome {
  readonly target: string
  readonly service: string
  readonly result: Result
  readonly detail: string
  /** The change stands whole and is named (a schema, rule 15): what moves users went back without it. */
  readonly stays?: true
}

/** A release that a host keeps. */
export interface ChosenRelease {
  readonly id: string
  readonly version: string
  readonly sha: string
}

/** What a version was judged against before anything changed; whoever gets the hosts' locks later compares with it. */
export interface Admission {
  readonly service: string
  readonly environment: string
  readonly version: string
  readonly sha: string
  /** What was live, as GitHub's deployments told; undefined where they knew of nothing. */
  readonly live?: { readonly version: string; readonly sha: string }
  readonly way: 'deploy' | 'rollback'
  /** When the window closes that the release needs (ISO, UTC); undefined where it needs none. */
  readonly until?: string
}

export type Decision = 'commit' | 'undo'

/** A line of the journal. Lines are only ever added; what holds is what they add up to. */
export type JournalEntry = { step: string } & (
  | { event: 'began'; action: string; mutates: boolean; service?: string; closes?: true }
  /** The job's part of its identity on targets, drawn once; the first one holds. */
  | { event: 'identified'; nonce: string }
  /** What undo needs, written before the change that it would undo. The last one of a step holds; none: nothing is left. */
  | { event: 'saved'; undo?: unknown }
  /** `returnsAt`: monotonic seconds of this machine at which the targets go back by themselves. */
  | { event: 'armed'; targets: ArmedTarget[]; returnsAt: number }
  /** Written before users are moved where nothing returns by itself. */
  | { event: 'moved'; targets: MovedTarget[] }
  | { event: 'ended'; ok: boolean; result: Result }
  | { event: 'decided'; decision: Decision; why: string; until: number }
  | { event: 'outcome'; outcomes: TargetOutcome[] }
  /** A connection that a step left open for later steps; that step's post closes it. */
  | { event: 'connected'; key: string; socket: string }
  /** The migrations that a service's release was built with, by name and in order, once they are all applied; `applied` by this job. */
  | { event: 'schema'; service: string; migrations: string[]; applied: string[] }
  | ({ event: 'admitted' } & Admission)
  /** The journal is not as an earlier step left it: what the job did is not known for certain any more. */
  | { event: 'damaged'; why: string }
  /** A kept release that a job goes back to: what later steps for the service move traffic to, instead of its own. */
  | { event: 'chosen'; service: string; release: ChosenRelease }
  /** Why somebody overrides what would refuse a release, or goes back. */
  | { event: 'reason'; reason: string }
  /** This step must be the only one of its job that changes anything. */
  | { event: 'exclusive'; why: string }
  | { event: 'release-began'; release: Release }
  | { event: 'release-joined'; release: string }
  | { event: 'release-ended'; release: string }
)
