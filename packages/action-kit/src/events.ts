import type { Release, Result, Serving, WorkflowRun } from '@belay/release-model'
import type { ArmedTarget, MovedTarget, TargetOutcome } from './targets.ts'

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

/**
 * All that the actions of a job write to its journal. An event is written once. `recordFields` below says of each type
 * whether people read it, too.
 */
export interface JobEvents {
  'release-began': { release: Release; run: WorkflowRun }
  /** The composite `release` began its part of the job. */
  'release-joined': { release: string }
  'release-ended': { release: string }
  /** The release of a job whose runner was lost, and its result as aftercare found it. */
  'release-lost': { service: string; result: Result }
  /** The job's part of its identity on targets, drawn once; the first one holds. */
  identified: { nonce: string }

  /** `closes`: the step has a post that ends the job's work. */
  'step-began': { action: string; mutates: boolean; service?: string; closes?: true }
  /** A phase of the action's plan, written before it begins; `host` where it is that of one host. */
  phase: { phase: string; host?: string }
  note: { level: 'info' | 'warning'; text: string; host?: string }
  gate: { verdict: 'pass' | 'fail' | 'inconclusive'; reason: string; attempts: number; version?: string }
  /** The end of a step's main. */
  'step-ended': { ok: boolean; result: Result; seconds: number; reason?: string; code?: string; remedy?: string }
  /** What the post of a step found its main to come to. */
  'step-concluded': { ok: boolean; result: Result }

  /** What undo needs, written before the change. The last one of a step holds; without `undo`: nothing is left to undo. */
  saved: { undo?: unknown }
  /**
   * Targets that roll back on their own, `seconds` from now, unless they are confirmed. `returnsAt`: the same moment in
   * monotonic seconds of this machine.
   */
  armed: { targets: readonly ArmedTarget[]; seconds: number; returnsAt: number }
  /** Written before a change for users at a target that never rolls back on its own. */
  moved: { targets: readonly MovedTarget[] }
  /** A connection that a step left open for later steps; that step's post closes it. */
  connected: { key: string; socket: string }
  /** This step must be the only one of its job that changes anything. */
  exclusive: { why: string }

  admitted: Admission
  /** Why a user overrides what would refuse a release, or rolls back. */
  reason: { reason: string }
  /** A kept release that a job rolls back to: later steps for the service move traffic to it. */
  chosen: { service: string; release: ChosenRelease }
  /** The migrations that a service's release was built with, by name and in order, once they are all applied; `applied` by this job. */
  schema: { service: string; migrations: readonly string[]; applied: readonly string[] }

  /** `until`: monotonic seconds until which the posts of this job may work. */
  decided: { decision: Decision; why: string; until: number }
  /** The outcome of one target. */
  outcome: TargetOutcome
  /** The job's result so far, written by each post. */
  result: { result: Result }
  /** The journal is not as an earlier step left it: what the job did is no longer certain. */
  damaged: { why: string }
}

/** Of an event that only the job needs: it is not in the record. */
const jobOnly = undefined

/**
 * What people read of each event, in the record: these fields, or what the function makes of it. A field that is not
 * named here is never in it.
 */
export const recordFields = {
  'release-began': ['release', 'run'],
  'release-joined': jobOnly,
  'release-ended': ['release'],
  'release-lost': jobOnly,
  identified: jobOnly,
  'step-began': ['action', 'mutates', 'service'],
  phase: ['phase', 'host'],
  note: ['level', 'text', 'host'],
  gate: ['verdict', 'reason', 'attempts', 'version'],
  'step-ended': ['ok', 'result', 'seconds', 'reason', 'code', 'remedy'],
  'step-concluded': jobOnly,
  saved: jobOnly,
  armed: ({ targets, seconds }) => ({
    hosts: targets.map(({ name }) => name),
    seconds,
    previous: servedBefore(targets),
  }),
  moved: jobOnly,
  connected: jobOnly,
  exclusive: jobOnly,
  admitted: jobOnly,
  reason: jobOnly,
  chosen: jobOnly,
  schema: ['service', 'migrations'],
  decided: ['decision', 'why'],
  outcome: ['target', 'service', 'result', 'detail', 'stays'],
  result: ['result'],
  damaged: jobOnly,
} as const satisfies { [E in EventName]: RecordFields<JobEvents[E]> | undefined }

type EventName = keyof JobEvents
type RecordFields<Event> = readonly (keyof Event)[] | ((event: Event) => object)

/** What targets serve again if they roll back. */
function servedBefore(targets: readonly ArmedTarget[]): Record<string, Serving> {
  return Object.fromEntries(targets.flatMap(({ name, move }) => (move ? [[name, move.from]] : [])))
}

/** An event, as a step reports it. */
export type JobEvent = { [E in EventName]: { event: E } & JobEvents[E] }[EventName]

/** An event of a step. */
export type JournalEntry = { step: string } & JobEvent

/** The outcomes of targets, as a step reports them. */
export function outcomeEntries(step: string, outcomes: readonly TargetOutcome[]): JournalEntry[] {
  return outcomes.map((outcome) => ({ step, event: 'outcome', ...outcome }))
}

/** A line of the journal; `at` is when it was written (ISO, UTC). Lines are only added; `foldJournal` adds them up. */
export type JournalLine = { at: string } & JournalEntry

type RecordEvents = typeof recordFields
/** The part of an event that people read. Every rendering (Slack message, job summary, timeline) is made from these alone. */
export type RecordEvent = {
  [E in EventName]: RecordEvents[E] extends readonly (infer Field)[]
    ? { event: E } & Pick<JobEvents[E], Field & keyof JobEvents[E]>
    : RecordEvents[E] extends (...event: never) => infer Part
      ? { event: E } & Part
      : never
}[EventName]

/** A line of the record: the part of a journal's line that people read. */
export type RecordLine = { at: string; step: string } & RecordEvent
