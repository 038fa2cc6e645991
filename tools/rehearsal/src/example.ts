import type { FakeSlack } from '@belay/fakes/slack'
import type { WorkflowRunOptions } from '@belay/workflow-runner'
import type { Disruption } from './fault.ts'
import type { Preparation } from './machine.ts'
import type { Target, Versions } from './observe/served.ts'
import type { ObservedClient } from './report/clients.ts'
import type { Check } from './report/model.ts'
import type { Terminal } from './terminal.ts'
import type { Case, Worker } from './worker.ts'

/** `one-proxy`: with systemd, behind one proxy that is a host of its own. */
export type HostKind = 'namespaces' | 'systemd' | 'one-proxy'

/** A system below `examples/` whose releases can be rehearsed. */
export interface Example {
  /** The name of its folder. */
  readonly name: string
  /** Lines of `--help`: which workflows run, and what is real. */
  readonly help: string
  /** In the order in which they are released. */
  readonly environments: readonly string[]
  /** The kinds of hosts to choose from; undefined where there is no choice. */
  readonly hosts?: readonly HostKind[]
  /** The folders below actions/ of the bundles that it runs. */
  readonly bundles: readonly string[]
  /** External failures that it can inject besides the faults at its steps; each in its first environment. */
  readonly externalFailures?: readonly string[]
  /** All steps of an environment's workflow that a fault may name, in their order. `workDir`: any folder. */
  paths(environment: string, workDir: string): Promise<string[]>
  /**
   * Makes sure that this machine has what is needed. Says what is missing and installs it.
   * @throws Lacking where only another user or a consent that was not given allows that
   */
  prepare(asked: Asked, preparation: Preparation): void | Promise<void>
  /** Starts its servers. They end with `close` or with this process, also in the middle of the start. */
  open(asked: Asked): Promise<Opened>
  /** Every fault that is worth a run in an environment. `begun`: the steps that begin in a release without a fault. */
  cases(environment: string, begun: readonly string[]): Case[]
  /** Workers that run cases side by side: as many as a machine of two cores carries. */
  workers(environment: string, paths: readonly string[]): Promise<Worker[]>
}

/** The request to an example; its flags are valid. */
export interface Asked extends Disruption {
  /** Those that are run. */
  readonly environments: readonly string[]
  /** All steps, by environment. */
  readonly paths: Readonly<Record<string, readonly string[]>>
  readonly hosts: HostKind
  /** It goes wrong in the first release, where nothing was before. */
  readonly first: boolean
}

/** An example whose servers run. */
export interface Opened {
  readonly slack: FakeSlack
  /** The names of servers here, by their addresses in the record and in logs. */
  readonly names: ReadonlyMap<string, string>
  /** Which servers run where, and what is faked. */
  readonly lines: readonly string[]
  /** The releases that lead to the requested one, in their order. The first that does not end as promised is the last. */
  readonly rehearsals: readonly Rehearsal[]
  /** May be called twice. */
  close(): Promise<void>
}

/** One release, perhaps with a fault. */
export interface Rehearsal {
  readonly environment: string
  /** `v2 (1.1.0, b83e5a2): over v1, kill at release/api/deploy-ssh` */
  readonly title: string
  /** Starts the servers that it needs besides, and names them. */
  begin?(terminal: Terminal): Promise<void>
  /** How it differs from what its users have. */
  readonly notes: readonly string[]
  /** What it releases, over what. */
  readonly versions: Versions
  /** What can be asked while it runs; after `begin`. */
  targets(): readonly Target[]
  /** Runs it and verifies its result from outside. Returns what was promised and what was seen. */
  run(terminal: Terminal, onEvent: NonNullable<WorkflowRunOptions['onEvent']>): Promise<Shown>
}

export interface Shown {
  /** What happened, in one sentence. */
  readonly sentence: string
  readonly lines: readonly string[]
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
  /** What was promised beside what was seen. */
  readonly checks: readonly Check[]
  /** What users saw; empty if none were asked. */
  readonly clients: readonly ObservedClient[]
  /** What the run was given: no report may show it. */
  readonly secrets: readonly string[]
}
