import { currentRun } from '@belay/action-kit'
import { call, type Reply } from './call.ts'
import type { Connection } from './connection.ts'
import { hostScript } from './host-script.ts'
import { assignments } from './quote.ts'

/** The host script of an action: the shared part and the action's own, as one text with a name of its own. */
export interface HostScript {
  /** Names the file below `.belay/`: `deploy-ssh`. */
  readonly name: string
  readonly text: string
}

/** Joins an action's part (`do_change`, `undo_change`, `undo_change_at_boot`) to the shared one. */
export function withPart(name: string, part: string): HostScript {
  // Called as a file (by the detached process, by a boot hook) it runs what its arguments say.
  return { name, text: `${hostScript}\n${part}\n[ -z "\${1-}" ] || main "$@"\n` }
}

/** A release that a host holds, or may hold: known before the host is asked, so that undo can be saved first. */
export interface Held {
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
  /** A shadow release: whatever the job decides, it goes back. */
  readonly shadow?: true
}

/** What a host said when it gave the lock. */
export interface Holding {
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
  /** What an earlier run had left open and was settled first: `undone NAME`, `mixed NAME`; empty where nothing. */
  readonly settled: string
}

/** How a release ended on a host, or how far it is: the state's name, and who brought it there. */
export interface HostState {
  /**
   * `held`, `armed`, `confirmed`, `undoing`, `undone`, `mixed`, `released`; `none` where it never got there; of `arm` also
   * `dead`: armed, and its process is gone.
   */
  readonly state: string
  readonly who: string
  /** The change is made and checked. */
  readonly worked: boolean
  readonly failed: string
  readonly undoFailed: string
  /** What is to be said of a return that went well; empty where nothing is. */
  readonly back: string
  /** What passed the check, and was not seen to be the new release; empty where it was. */
  readonly unproved: string
  /** The last lines that the service itself wrote before the change failed: for the job log, and for nothing else. */
  readonly tail: readonly string[]
  /** Which of its lines could not be read, and what changes that. */
  readonly unread: readonly string[]
}

/** Seconds for which a host keeps the lock of a runner that does not renew it. */
export const leaseSeconds = 30

/** Who acts, in words that stand in files on the host. */
export function actor(verb: string): string {
  const run = currentRun()
  return `${verb} by ${run.repository} run ${run.id} attempt ${run.attempt} job ${run.job}`
}

/** Takes the host's lock for a release, and settles first what a dead process left open. */
export async function hold(
  connection: Connection,
  script: HostScript,
  held: Pick<Held, 'base' | 'id'>,
  release: { keep: number; owner: string; params: Record<string, string | number> },
  signal?: AbortSignal,
): Promise<Holding> {
  const values = {
    base: held.base,
    id: held.id,
    keep: release.keep,
    owner: release.owner,
    lease: leaseSeconds,
    script: script.name,
    text: script.text,
    params: assignments('r_', release.params),
  }
  // Putting back what a lost run left may restart a service and wait for its check.
  const reply = await call(connection, script.text, 'hold', values, { timeoutMs: 300_000, signal })
  return {
    committed: reply.last('committed'),
    manifest: reply.last('manifest'),
    version: reply.last('version'),
    sha: reply.last('sha'),
    live: reply.last('live'),
    slot: reply.last('slot'),
    settled: reply.last('settled'),
  }
}

/** Keeps the lock of a release that is not armed yet for another while. */
export async function renew(connection: Connection, held: Held): Promise<void> {
  const values = { base: held.base, id: held.id, lease: leaseSeconds }
  await call(connection, hostScript, 'renew', values, { timeoutMs: 20_000 })
}

/**
 * Orders the change: from here on the host returns by itself after `window` seconds unless it is confirmed. Follows
 * until the change is through or the host has gone back.
 */
export async function arm(
  connection: Connection,
  held: Held,
  options: { window: number; wait: number; signal?: AbortSignal; onPhase?: (phase: string) => void },
): Promise<HostState> {
  const values = { ...orderOf(held, 'armed'), window: options.window, wait: options.wait }
  const reply = await call(connection, hostScript, 'arm', values, {
    timeoutMs: (options.wait + 15) * 1000,
    signal: options.signal,
    onLine: (word, text) => word === 'phase' && options.onPhase?.(text),
  })
  return hostState(reply)
}

/** Whether the host is still armed (`armed`), else its state; `dead` where its process is gone. Prolongs by 60 s once. */
export async function ask(connection: Connection, held: Held): Promise<string> {
  const reply = await call(connection, hostScript, 'ask', orderOf(held, ''), { timeoutMs: 15_000 })
  return reply.last('state')
}

/** Makes the change final. The host's marker decides, so that a lost reply can be settled by confirming again. */
export async function confirm(connection: Connection, held: Held, record: string): Promise<HostState> {
  const values = { ...orderOf(held, 'confirmed'), record }
  return hostState(await call(connection, hostScript, 'confirm', values, { timeoutMs: 15_000 }))
}

/** Orders the return and follows it for `wait` seconds. A dead process's work is done by this call itself. */
export async function undo(
  connection: Connection,
  held: Held,
  script: HostScript,
  wait: number,
  onPhase?: (phase: string) => void,
): Promise<HostState> {
  const values = { ...orderOf(held, 'ended'), wait: Math.max(1, Math.ceil(wait)) }
  // What is followed begins with the way there; only the way back is news.
  let back = false
  const reply = await call(connection, script.text, 'undo', values, {
    timeoutMs: (wait + 20) * 1000,
    onLine(word, text) {
      if (word === 'going') back = true
      if (word === 'phase' && back) onPhase?.(text)
    },
  })
  return hostState(reply)
}

function orderOf(held: Held, verb: string): Record<string, string> {
  return { base: held.base, id: held.id, by: actor(verb) }
}

function hostState(reply: Reply): HostState {
  return {
    state: reply.last('state'),
    who: reply.last('who'),
    worked: reply.all('worked').length > 0,
    failed: reply.last('failed'),
    undoFailed: reply.last('undo-failed'),
    back: reply.last('back'),
    unproved: reply.last('unproved'),
    tail: reply.all('tail'),
    unread: reply.all('unread'),
  }
}
