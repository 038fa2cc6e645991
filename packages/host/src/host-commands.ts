import { currentRun } from '@belay/action-kit'
import { callHost, type Reply } from './call-host.ts'
import type { Connection } from './connection.ts'
import { type HostScript, sharedScript } from './host-script.ts'
import { assignments } from './quote.ts'

/** The lease of a release on a host, or one that is requested: known before the host is asked, so that undo is saved first. */
export interface HostLease {
  readonly host: string
  readonly user: string
  readonly address: string
  readonly port: number
  readonly folder: string
  /** The input `path`. */
  readonly base: string
  /** The release id. */
  readonly id: string
  readonly knownHosts: string
  /** A shadow release: it is undone, whatever the job decides. */
  readonly shadow?: true
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
  /** What an earlier run had left open and the host ended first: `undone NAME`, `mixed NAME`; empty where nothing. */
  readonly recovered: string
}

/** The state of a release on a host, and what brought it there. */
export interface HostState {
  /**
   * `held`, `armed`, `confirmed`, `undoing`, `undone`, `mixed`, `released`; `none` where it never got there; of `arm` also
   * `dead`: armed, and its process is gone.
   */
  readonly state: string
  readonly decidedBy: string
  /** The change is made and checked. */
  readonly changed: boolean
  readonly failed: string
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
  lease: Pick<HostLease, 'base' | 'id'>,
  release: { keep: number; owner: string; params: Record<string, string | number> },
  signal?: AbortSignal,
): Promise<LockReply> {
  const values = {
    base: lease.base,
    id: lease.id,
    keep: release.keep,
    owner: release.owner,
    lease: leaseSeconds,
    script: script.name,
    text: script.text,
    params: assignments('r_', release.params),
  }
  // Undoing what a lost run left may restart a service and wait for its check.
  const reply = await callHost(connection, script, 'hold', values, { timeoutMs: 300_000, signal })
  return {
    committed: reply.last('committed'),
    manifest: reply.last('manifest'),
    version: reply.last('version'),
    sha: reply.last('sha'),
    live: reply.last('live'),
    slot: reply.last('slot'),
    recovered: reply.last('settled'),
  }
}

/** Renews the lease of a release that is not armed yet. */
export async function renewOnHost(connection: Connection, lease: HostLease): Promise<void> {
  const values = { base: lease.base, id: lease.id, lease: leaseSeconds }
  await callHost(connection, sharedScript, 'renew', values, { timeoutMs: 20_000 })
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
  const values = { ...commandValues(lease, 'armed'), window: options.confirmTimeout, wait: options.changeTimeout }
  const reply = await callHost(connection, sharedScript, 'arm', values, {
    timeoutMs: (options.changeTimeout + 15) * 1000,
    signal: options.signal,
    onLine: (word, text) => word === 'phase' && options.onPhase?.(text),
  })
  return hostState(reply)
}

/** `armed` where the host still is, else its state; `dead` where its process is gone. Extends the timeout by 60 s once. */
export async function askOnHost(connection: Connection, lease: HostLease): Promise<string> {
  const reply = await callHost(connection, sharedScript, 'ask', commandValues(lease, ''), { timeoutMs: 15_000 })
  return reply.last('state')
}

/** Confirms the change. The host's state decides, so after a lost reply it is safe to confirm again. */
export async function confirmOnHost(connection: Connection, lease: HostLease, record: string): Promise<HostState> {
  const values = { ...commandValues(lease, 'confirmed'), record }
  return hostState(await callHost(connection, sharedScript, 'confirm', values, { timeoutMs: 15_000 }))
}

/** Starts the undo and follows it for `wait` seconds. Where the release's process is dead, this call does its work. */
export async function undoOnHost(
  connection: Connection,
  lease: HostLease,
  script: HostScript,
  wait: number,
  onPhase?: (phase: string) => void,
): Promise<HostState> {
  const values = { ...commandValues(lease, 'ended'), wait: Math.max(1, Math.ceil(wait)) }
  // The log begins with the change; only the lines of the undo are reported.
  let back = false
  const reply = await callHost(connection, script, 'undo', values, {
    timeoutMs: (wait + 20) * 1000,
    onLine(word, text) {
      if (word === 'going') back = true
      if (word === 'phase' && back) onPhase?.(text)
    },
  })
  return hostState(reply)
}

function commandValues(lease: HostLease, verb: string): Record<string, string> {
  return { base: lease.base, id: lease.id, by: actorText(verb) }
}

function hostState(reply: Reply): HostState {
  return {
    state: reply.last('state'),
    decidedBy: reply.last('who'),
    changed: reply.all('worked').length > 0,
    failed: reply.last('failed'),
    undoFailed: reply.last('undo-failed'),
    restoreNote: reply.last('back'),
    unverified: reply.last('unproved'),
    logTail: reply.all('tail'),
    unreadableLogs: reply.all('unread'),
  }
}
