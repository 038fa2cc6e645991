import { Failure, Interrupted, type Journal, messageOf, monotonicSeconds, sleep } from '@belay/action-kit'
import { callHost } from './call-host.ts'
import { type Connection, connectionFolder, connectionKey, connectWithRetry, disconnect, reopen } from './connection.ts'
import type { Credentials } from './credentials.ts'
import type { HostLease } from './host-commands.ts'
import { hostScript } from './host-script.ts'
import { isLocal } from './local.ts'
import type { HostTarget } from './target.ts'

/** One host of the fleet while something is changed there. */
export interface FleetHost {
  readonly connection: Connection
  readonly lease: HostLease
}

/** The hosts behind connections, each with what it is to hold there. */
export function leaseFleet(
  connections: readonly Connection[],
  { base, id, knownHosts, shadow }: Pick<HostLease, 'base' | 'id' | 'knownHosts' | 'shadow'>,
): FleetHost[] {
  return connections.map((connection) => {
    const { target, folder } = connection
    const { name: host, user, address, port } = target
    return { connection, lease: { host, user, address, port, folder, base, id, knownHosts, ...(shadow && { shadow }) } }
  })
}

/** What all hosts say; empty where they differ, or where there is none. */
export function commonValue(values: readonly string[]): string {
  return new Set(values).size === 1 ? (values[0] ?? '') : ''
}

/**
 * Does the same on every host at once and waits for all of them: no host is left in the middle because another failed.
 * @throws Failure with the first failure's code, naming every host that failed.
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
 * One connection a host and job: what an earlier step of the job left open to the same host with the same key is used
 * again; what is opened here stays open for later steps and is closed by this step's post.
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
 * `ssh -O check` calls a connection well that a firewall has forgotten: only an answer counts
 * (docs/research/hosts.md#connections).
 */
async function isAlive(connection: Connection): Promise<boolean> {
  return callHost(connection, hostScript, 'hello', { base: '/' }, { timeoutMs: 10_000 }).then(
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
 * Takes all or none (rule 4): tried at once on every host; after a refusal all are given back and tried again, until `timeout`
 * seconds are over. So two jobs that name the same hosts in other orders never wait for each other.
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
    // Unequal pauses, or two jobs that refuse each other once would do so for ever.
    await sleep(300 + Math.random() * 900, options.signal)
  }
}
