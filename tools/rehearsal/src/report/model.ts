import type { StepOutcome, StepStage } from '@belay/workflow-runner'

/** A rehearsal as people read it: the screen and the page are rendered from it. All moments are milliseconds since 1970. */
export interface RehearsalReport {
  /** What was rehearsed: `examples/compose`, `../my-service`. */
  readonly subject: string
  /** The command that rehearses it again. */
  readonly command: string
  readonly startedAt: number
  readonly endedAt: number
  /** Which servers ran where, what was faked, and what was not rehearsed. */
  readonly lines: readonly string[]
  /** Those that ran, in their order. */
  readonly runs: readonly RunReport[]
  /** The number of runs that were asked for: after one that does not end as promised none follows. */
  readonly asked: number
}

export interface RunReport {
  readonly title: string
  /** How it differs from what its users have. */
  readonly notes: readonly string[]
  readonly startedAt: number
  readonly endedAt: number
  /** What happened, in one sentence. */
  readonly sentence: string
  /** The lines of the screen: what was promised, and what was seen. */
  readonly lines: readonly string[]
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
  readonly version: string
  /** What served before, by service; `nothing` for a first release. */
  readonly before: readonly ServiceBefore[]
  readonly checks: readonly Check[]
  readonly lanes: readonly Lane[]
  readonly clients: readonly ClientReport[]
  readonly moments: readonly Moment[]
  readonly steps: readonly StepReport[]
  readonly messages: readonly MessageReport[]
}

export interface ServiceBefore {
  readonly service: string
  readonly version: string | undefined
}

/** What was promised beside what was seen. */
export interface Check {
  /** `acme-api on host-1` */
  readonly what: string
  readonly promised: string
  readonly seen: string
  /** Those of the run's problems that it found. */
  readonly problems: readonly string[]
}

/**
 * What a target served: the version before, the one of the run, any other, or nothing. `empty`: nothing where nothing has
 * to answer, before a first release and in a slot without traffic.
 */
export type Serves = 'old' | 'new' | 'other' | 'nothing' | 'empty'

/** What one target served over time: a host, a slot of a host, a service on Render. */
export interface Lane {
  readonly target: string
  readonly spans: readonly Span[]
}

/** A time in which a target gave the same answer. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly serves: Serves
  /** `v1.1.0`, `no answer (ETIMEDOUT)` */
  readonly answer: string
}

/** What the users of one URL saw. */
export interface ClientReport {
  readonly where: string
  readonly sent: number
  readonly failed: number
  readonly p99Ms: number | undefined
  /** The failed requests by their kind: `3 × ECONNREFUSED`. */
  readonly failures: readonly string[]
  readonly seconds: readonly ClientSecond[]
}

/** The requests that were due in one second. */
export interface ClientSecond extends Readonly<Record<'old' | 'new' | 'other', number>> {
  readonly at: number
  readonly failed: number
}

/** Something that changes the course of a run. */
export interface Moment {
  readonly at: number
  readonly kind: 'fault' | 'failure' | 'armed' | 'decision' | 'job' | 'end'
  readonly text: string
}

/** One stage of a step that ran. */
export interface StepReport {
  readonly path: string
  readonly stage: StepStage
  readonly from: number
  readonly to: number
  readonly outcome: StepOutcome
  readonly phases: readonly Phase[]
  /** Verdicts, outcomes, warnings and errors. */
  readonly notes: readonly string[]
  /** Masked. */
  readonly log: string
}

export interface Phase {
  readonly at: number
  readonly name: string
  readonly host: string | undefined
}

/** A message in Slack, in all its versions, oldest first. */
export interface MessageReport {
  readonly channel: string
  readonly versions: readonly MessageVersion[]
}

export interface MessageVersion {
  readonly at: number
  readonly lines: readonly string[]
}
