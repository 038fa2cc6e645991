import type { Slack } from '@belay/fakes/slack'
import type { Play } from '@belay/workflow-runner'
import type { Wrong } from './fault.ts'
import type { Preparation } from './machine.ts'
import type { Terminal } from './terminal.ts'
import type { Bench, Case } from './worker.ts'

export const hostKinds = ['namespaces', 'systemd'] as const
export type HostKind = (typeof hostKinds)[number]

/** A system below `examples/` whose releases can be rehearsed: all that is its own. */
export interface Example {
  /** The name of its folder. */
  readonly name: string
  /** What is played and what is real in it, in lines of `--help`. */
  readonly help: string
  /** In the order in which they are played. */
  readonly environments: readonly string[]
  /** The environments that are played on hosts of each kind; undefined where there is nothing to choose. */
  readonly hosts?: Readonly<Record<HostKind, readonly string[]>>
  /** The folders below actions/ of the bundles that it plays. */
  readonly bundles: readonly string[]
  /** What of its own can go wrong beside the faults at its steps; each in its first environment. */
  readonly troubles?: readonly string[]
  /** All steps of an environment's workflow that a fault may name, in their order. `workDir`: any folder. */
  paths(environment: string, workDir: string): Promise<string[]>
  /**
   * Makes sure that this machine has what is needed; what is missing is installed, after saying so.
   * @throws Lacking where that takes somebody else, or a consent that was not given
   */
  prepare(asked: Asked, preparation: Preparation): void | Promise<void>
  /** Starts what it is played on. What was started ends with `close` or with this process, also in the middle of it. */
  open(asked: Asked): Promise<Opened>
  /** Every fault that is worth playing in an environment. */
  cases(environment: string, paths: readonly string[]): Case[]
  /** Where cases are played side by side: as many as a machine of two cores carries. */
  benches(environment: string, paths: readonly string[]): Bench[]
}

/** What is asked of an example; its flags have been judged. */
export interface Asked extends Wrong {
  /** Those that are played. */
  readonly environments: readonly string[]
  /** All steps, by environment. */
  readonly paths: Readonly<Record<string, readonly string[]>>
  readonly hosts: HostKind
  /** It goes wrong in the first release, where nothing was before. */
  readonly first: boolean
}

/** An example whose parts stand. */
export interface Opened {
  readonly slack: Slack
  /** What hosts are called in the record and in logs, and what they are called here. */
  readonly names: ReadonlyMap<string, string>
  /** What stands where, and what stands in for what. */
  readonly lines: readonly string[]
  /** The releases that lead to what was asked for, in their order; one that is not as promised ends it. */
  readonly rehearsals: readonly Rehearsal[]
  /** May be called twice. */
  close(): Promise<void>
}

/** One release, in which something may go wrong. */
export interface Rehearsal {
  readonly environment: string
  /** `v2 (1.1.0, b83e5a2): over v1, kill at release/api/deploy-ssh` */
  readonly title: string
  /** Starts what only stands from here on, and tells it. */
  begin?(terminal: Terminal): Promise<void>
  /** What is otherwise than its users have it. */
  readonly notes: readonly string[]
  /** Plays it, asks from outside what became of it, and says what was promised and what was seen. */
  play(terminal: Terminal, onEvent: NonNullable<Play['onEvent']>): Promise<Shown>
}

export interface Shown {
  readonly lines: readonly string[]
  /** What is not as promised; empty where all is. */
  readonly problems: readonly string[]
}
