import type { Move, Release, Result } from '@belay/release-model'

/**
 * A target that rolls back on its own unless it is confirmed. `handle` is what the package that armed it needs to ask,
 * confirm or undo it from another process; it holds no secret. Its kind names that package.
 */
export interface ArmedTarget {
  /** What an operator calls it, unique in a job: `acme-api on deploy@203.0.113.7`. */
  readonly name: string
  readonly service: string
  readonly handle: { readonly kind: string; readonly [more: string]: unknown }
  /** The version that served and the one that will; undefined where users see no change, as in a slot without traffic. */
  readonly move?: Move
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

/** A release that a host keeps. */
export interface ChosenRelease {
  readonly id: string
  readonly version: string
  readonly sha: string
}

/** What a version was evaluated against before anything changed; the step that gets the hosts' locks compares with it. */
export interface Admission {
  readonly service: string
  readonly environment: string
  readonly version: string
  readonly sha: string
  /** What was live, by GitHub's deployments; undefined where they have no live one. */
  readonly live?: { readonly version: string; readonly sha: string }
  readonly way: 'deploy' | 'rollback'
  /** When the window closes that the release needs (ISO, UTC); undefined where it needs none. */
  readonly until?: string
}

export type Decision = 'commit' | 'undo'

/** A line of the journal. Lines are only added; `foldJournal` adds them up. */
export type JournalEntry = { step: string } & (
  | { event: 'began'; action: string; mutates: boolean; service?: string; closes?: true }
  /** The job's part of its identity on targets, drawn once; the first one holds. */
  | { event: 'identified'; nonce: string }
  /** What undo needs, written before the change. The last one of a step holds; without `undo`: nothing is left to undo. */
  | { event: 'saved'; undo?: unknown }
  /** `returnsAt`: monotonic seconds of this machine at which the targets roll back on their own. */
  | { event: 'armed'; targets: ArmedTarget[]; returnsAt: number }
  /** Written before a change for users at a target that never rolls back on its own. */
  | { event: 'moved'; targets: MovedTarget[] }
  | { event: 'ended'; ok: boolean; result: Result }
  | { event: 'decided'; decision: Decision; why: string; until: number }
  | { event: 'outcome'; outcomes: TargetOutcome[] }
  /** A connection that a step left open for later steps; that step's post closes it. */
  | { event: 'connected'; key: string; socket: string }
  /** The migrations that a service's release was built with, by name and in order, once they are all applied; `applied` by this job. */
  | { event: 'schema'; service: string; migrations: string[]; applied: string[] }
  | ({ event: 'admitted' } & Admission)
  /** The journal is not as an earlier step left it: what the job did is no longer certain. */
  | { event: 'damaged'; why: string }
  /** A kept release that a job rolls back to: later steps for the service move traffic to it. */
  | { event: 'chosen'; service: string; release: ChosenRelease }
  /** Why a user overrides what would refuse a release, or rolls back. */
  | { event: 'reason'; reason: string }
  /** This step must be the only one of its job that changes anything. */
  | { event: 'exclusive'; why: string }
  | { event: 'release-began'; release: Release }
  | { event: 'release-joined'; release: string }
  | { event: 'release-ended'; release: string }
)
