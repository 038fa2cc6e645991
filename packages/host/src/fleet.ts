import { Failure, Interrupted, type Journal, messageOf, monotonicSeconds, sleep } from '@belay/action-kit'
import { type Connection, connectionFolder, connectionKey, connectWithRetry, disconnect, reopen } from './connection.ts'
import type { Credentials } from './credentials.ts'
import type { HostLease } from './host-commands.ts'
import { sharedScript } from './host-script.ts'
import { isLocal } from './local.ts'
import { runCommand } from './run-command.ts'
import type { HostTarget } from './target.ts'

/** One host of the fleet while something is changed there. */
export interface FleetHost {
  readonly connection: Connection
  readonly lease: HostLease
}

/** The hosts of connections, each with the lease that it is to hold. */
export function leaseFleet(
  connections: readonly Connection[],
  {
    base,
    id,
    change,
    knownHosts,
    shadow,
    confirmLast,
  }: Pick<HostLease, 'base' | 'id' | 'change' | 'knownHosts' | 'shadow' | 'confirmLast'>,
): FleetHost[] {
  return connections.map((connection) => {
    const { target, folder } = connection
    const { name: host, user, address, port } = target
    const where = { host, user, address, port, folder, base, id, change, knownHosts }
    return { connection, lease: { ...where, ...(shadow && { shadow }), ...(confirmLast && { confirmLast }) } }
  })
}

/** The value that all hosts have; empty where they differ, or where there is none. */
export function commonValue(values: readonly string[]): string {
  return new Set(values).size === 1 ? (values[0] ?? '') : ''
}

/**
 * Runs a task on every host at once and waits for all of them: no host is left half done because another failed.
 * @throws Failure with the first failure's code, which names every host that failed.
 */
export async function onAllHosts<T, R>(
  hosts: readonly T[],
  task: (host: T) => Promise<R>,
  signal?: AbortSignal,
): Promise<R[]> {
  const results = await Promise.allSettled(hosts.map(task))
  if (signal?.aborted) throw new Interrupted()
  const failures = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
  if (failures.length === 0) return results.map((one) => (one as PromiseFulfilledResult<R>).value)
  const [first] = failures
  if (failures.length === 1) throw first
  const code = first instanceof Failure ? first.code : 'internal'
  throw new Failure(code, failures.map(messageOf).join('\n'), undefined, { cause: first })
}

/**
 * Opens one connection for each host and job: one that an earlier step left open to the same host with the same key is
 * used again. What is opened here stays open for later steps; this step's post closes it.
 */
export async function openFleet(
  journal: Journal,
  step: string,
  hosts: readonly HostTarget[],
  credentials: Credentials,
  signal: AbortSignal,
): Promise<Connection[]> {
  const open = journal.read().connections
  return onAllHosts(
    hosts,
    async (host) => {
      if (isLocal(host)) return reopen(host, '')
      const key = connectionKey(host, credentials)
      const earlier = open.findLast((connection) => connection.key === key)
      if (earlier && (await isAlive(reopen(host, earlier.socket)))) return reopen(host, earlier.socket)
      const folder = connectionFolder()
      journal.append({ step, event: 'connected', key, socket: folder })
      return connectWithRetry(host, credentials, folder, 3, signal)
    },
    signal,
  )
}

/**
 * `ssh -O check` succeeds also on a connection that a firewall has dropped: only an answer counts
 * (docs/research/hosts.md#connections).
 */
async function isAlive(connection: Connection): Promise<boolean> {
  return runCommand(connection, sharedScript, 'hello', { base: '/' }, { timeoutMs: 10_000 }).then(
    () => true,
    () => false,
  )
}

/** Closes what this step opened. */
export async function closeFleet(journal: Journal, step: string): Promise<void> {
  const mine = journal.read().connections.filter((connection) => connection.step === step)
  const nowhere = { user: '', address: '', port: 22, name: '' }
  await Promise.all(mine.map(({ socket }) => disconnect(reopen(nowhere, socket))))
}

/**
 * Takes all locks or none (rule 4): tries every host at once; after a refusal it releases all and tries again, until
 * `timeoutSeconds` are over. So two jobs that name the same hosts in different orders never wait for each other.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
export async function takeAllOrNone<T, R>(
  hosts: readonly T[],
  take: (host: T) => Promise<R>,
  release: (host: T, taken: R) => Promise<void>,
  options: { timeoutSeconds: number; signal: AbortSignal; onWait: (why: string) => void },
): Promise<R[]> {
  const end = monotonicSeconds() + options.timeoutSeconds
  for (let round = 0; ; round++) {
    const tried = await Promise.allSettled(hosts.map(take))
    if (tried.every((one) => one.status === 'fulfilled') && !options.signal.aborted)
      return tried.map((one) => (one as PromiseFulfilledResult<R>).value)
    await Promise.all(
      tried.map(async (one, index) => {
        if (one.status === 'fulfilled') await release(hosts[index] as T, one.value).catch(() => {})
      }),
    )
    if (options.signal.aborted) throw new Interrupted()
    const reasons = tried.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))
    const other = reasons.find((reason) => !(reason instanceof Failure && reason.code === 'lock-held'))
    if (other !== undefined) throw other
    const refusal = reasons[0] as Failure
    if (monotonicSeconds() >= end) throw refusal
    if (round === 0) options.onWait(refusal.message)
    // Random pauses: with equal ones two jobs that refuse each other once would do so for ever.
    await sleep(300 + Math.random() * 900, options.signal)
  }
}
