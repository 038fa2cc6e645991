import { currentRun } from '@belay/action-kit'
import type { Answer } from './answer.ts'
import type { Connection } from './connection.ts'
import type { StateText } from './encode.ts'
import { type HostScript, sharedScript } from './host-script.ts'
import type { AnsweredState, sharedCommands } from './protocol.ts'
import { runCommand } from './run-command.ts'

/** The lease of a release on a host, or one that is requested: known before the host is asked, so that undo is saved first. */
export interface HostLease {
  readonly host: string
  readonly user: string
  readonly address: string
  readonly port: number
  readonly folder: string
  /** The input `path`. */
  readonly base: string
  /** Of the transaction: the release id. Steps of a job with the same one join each other. */
  readonly id: string
  /** Which change of the transaction. */
  readonly change: 'release' | 'claim' | 'role' | 'move'
  readonly knownHosts: string
  /** A shadow release: it is undone, whatever the job decides. */
  readonly shadow?: true
  /** A proxy before other hosts: it is confirmed once they are (rule 8). */
  readonly confirmLast?: true
}

/** The answer of a host that gave the lock. */
export interface LockReply {
  /** Id of the last committed release; empty where there is none. */
  readonly committed: string
  readonly manifest: string
  /** Its version and commit; empty where Belay did not release it. */
  readonly version: string
  readonly sha: string
  /** Text of the `current` link; empty where there is none. */
  readonly live: string
  /** With slots, the port of the one that the release goes to. */
  readonly slot: string
  /** What an earlier run had left open and the host ended first, with its end. */
  readonly recovered: { readonly end: AnsweredState | ''; readonly name: string } | undefined
}

/** The state of a change on a host, and what brought it there. */
export interface HostState {
  /**
   * `none` where it never got there; of `arm` also `dead`: armed, and its process is gone; empty where the host said none.
   */
  readonly state: AnsweredState | ''
  readonly decidedBy: string
  /** The change is made and checked. */
  readonly changed: boolean
  /** The phase in which the change failed, and why. */
  readonly failed: { readonly failure: string; readonly why: string } | undefined
  readonly undoFailed: string
  /** A note on an undo that succeeded; empty where there is none. */
  readonly restoreNote: string
  /** What passed the check without being identified as the new release; empty where it was identified. */
  readonly unverified: string
  /** The last lines that the service itself wrote before the change failed: for the job log only. */
  readonly logTail: readonly string[]
  /** Which of its logs could not be read, and how to change that. */
  readonly unreadableLogs: readonly string[]
}

/** Seconds for which a host keeps the lock of a runner that does not renew it. */
export const leaseSeconds = 30

/** The text that names the acting job in files on the host. */
export function actorText(verb: string): string {
  const run = currentRun()
  return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`
}

/** Takes the host's lock for a release. The host first ends what a dead process left open. */
export async function lockOnHost(
  connection: Connection,
  script: HostScript,
  { base, id, change }: Pick<HostLease, 'base' | 'id' | 'change'>,
  {
    keepReleases,
    owner,
    ...heard
  }: {
    keepReleases: number
    owner: string
    state: StateText
    traffic?: string | undefined
    proxies?: readonly string[]
  },
  signal?: AbortSignal,
): Promise<LockReply> {
  const { name, text } = script
  const { state: params, ...proxies } = heard
  const values = { base, id, change, keepReleases, owner, lease: leaseSeconds, script: name, text, params, ...proxies }
  // Undoing what a lost run left may restart a service and wait for its check.
  const answer = await runCommand(connection, script, 'hold', values, { timeoutMs: 300_000, signal })
  const settled = answer.last('settled')
  return {
    committed: answer.last('committed') ?? '',
    manifest: answer.last('manifest') ?? '',
    version: answer.last('version') ?? '',
    sha: answer.last('sha') ?? '',
    live: answer.last('live') ?? '',
    slot: answer.last('slot') ?? '',
    recovered: settled?.end ? settled : undefined,
  }
}

/** Renews the lease of a transaction that is not armed yet. */
export async function renewOnHost(connection: Connection, { base, id }: HostLease): Promise<void> {
  await runCommand(connection, sharedScript, 'renew', { base, id, lease: leaseSeconds }, { timeoutMs: 20_000 })
}

/**
 * Starts the change: from here on the host rolls back on its own after `confirmTimeout` seconds unless it is confirmed.
 * Follows until the change is complete or the host has rolled back.
 */
export async function armOnHost(
  connection: Connection,
  lease: HostLease,
  options: { confirmTimeout: number; changeTimeout: number; signal?: AbortSignal; onPhase?: (phase: string) => void },
): Promise<HostState> {
  const { confirmTimeout, changeTimeout, signal, onPhase } = options
  const values = { ...commandValues(lease, 'armed'), change: lease.change, confirmTimeout, wait: changeTimeout }
  const answer = await runCommand(connection, sharedScript, 'arm', values, {
    timeoutMs: (changeTimeout + 15) * 1000,
    signal,
    onLine: { phase: (phase) => onPhase?.(phase) },
  })
  return hostState(answer)
}

/** `armed` where the host still is, else its state; `dead` where its process is gone. Extends the timeout by 60 s once. */
export async function askOnHost(connection: Connection, lease: HostLease): Promise<AnsweredState | ''> {
  const answer = await runCommand(connection, sharedScript, 'ask', lease, { timeoutMs: 15_000 })
  return answer.last('state') ?? ''
}

/**
 * Confirms the change. The host's state decides, so after a lost reply it is safe to confirm again. `elsewhere`: where
 * `current`, the slot or the traffic leads, in words, if a person has changed that since; else empty.
 */
export async function confirmOnHost(
  connection: Connection,
  lease: HostLease,
  record: string,
): Promise<Pick<HostState, 'state' | 'decidedBy'> & { readonly elsewhere: string }> {
  const values = { ...commandValues(lease, 'confirmed'), record }
  const answer = await runCommand(connection, sharedScript, 'confirm', values, { timeoutMs: 20_000 })
  return {
    state: answer.last('state') ?? '',
    decidedBy: answer.last('who') ?? '',
    elsewhere: answer.last('elsewhere') ?? '',
  }
}

/**
 * Starts the undo of all that the transaction changed, and follows this change for `wait` seconds. Where the process is dead,
 * this call does its work. A change that was not ordered yet is only forgotten.
 */
export async function undoOnHost(
  connection: Connection,
  lease: HostLease,
  wait: number,
  onPhase?: (phase: string) => void,
  /** What the runner saw of proxies on other hosts. */
  traffic?: string,
): Promise<HostState> {
  const seconds = Math.max(1, Math.ceil(wait))
  const values = { ...commandValues(lease, 'ended'), change: lease.change, wait: seconds, ...(traffic && { traffic }) }
  // The log begins with the change; only the lines of the undo are reported.
  let back = false
  const answer = await runCommand(connection, sharedScript, 'undo', values, {
    timeoutMs: (wait + 20) * 1000,
    onLine: {
      going() {
        back = true
      },
      phase: (phase) => back && onPhase?.(phase),
    },
  })
  return hostState(answer)
}

function commandValues({ base, id }: HostLease, verb: string): { base: string; id: string; by: string } {
  return { base, id, by: actorText(verb) }
}

function hostState(answer: Answer<typeof sharedCommands.undo>): HostState {
  return {
    state: answer.last('state') ?? '',
    decidedBy: answer.last('who') ?? '',
    changed: answer.all('worked').length > 0,
    failed: answer.last('failed'),
    undoFailed: answer.last('undoFailed') ?? '',
    restoreNote: answer.last('back') ?? '',
    unverified: answer.last('unproved') ?? '',
    logTail: answer.all('tail'),
    unreadableLogs: answer.all('unread'),
  }
}
