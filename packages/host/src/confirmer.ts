import {
  type ArmedTarget,
  type Confirmer,
  firstLine,
  type Journal,
  messageOf,
  retryErrors,
  sleep,
  type TargetOutcome,
} from '@belay/action-kit'
import type { Move } from '@belay/release-model'
import {
  type Connection,
  connect,
  connectionFolder,
  disconnect,
  disconnectNow,
  isUnreachable,
  reopen,
} from './connection.ts'
import { type Credentials, keyFromInputs, type LoginKey } from './credentials.ts'
import { askOnHost, confirmOnHost, type HostLease, type HostState, undoOnHost } from './host-commands.ts'
import { isLocal } from './local.ts'
import type { HostTarget } from './target.ts'

/** The kind of armed target that is a host. */
const hostKind = 'ssh'

/** What a change of a service makes: on these hosts, and, where they are proxies before other hosts, on those. */
interface ArmedHosts {
  readonly service: string
  readonly leases: readonly HostLease[]
  readonly moves?: Readonly<Record<string, Move>>
  readonly claims?: readonly { readonly lease: HostLease }[]
}

/** The name of a claim on a slot host, and of the roles of its slots, among the job's armed targets. */
export function claimTarget(service: string, host: string): string {
  return `slot roles of ${service} on ${host}`
}

/** The hosts of a service's change as armed targets; `nameOf` gives a host's target name, unique in the job. */
export function armedTargets(
  { service, leases, moves, claims = [] }: ArmedHosts,
  nameOf: (host: string) => string,
): ArmedTarget[] {
  const claimed = claims.map(({ lease }) => lease)
  if (claimed.length > 0)
    return [
      ...armedTargets({ service, leases: claimed }, (host) => claimTarget(service, host)),
      ...armedTargets({ service, leases, ...(moves && { moves }) }, nameOf).map((proxy) => ({
        ...proxy,
        role: 'proxy' as const,
      })),
    ]
  return leases.map((host) => {
    const move = moves?.[host.host]
    const transaction = `${host.address}:${host.port}${host.base} ${host.id}`
    return { name: nameOf(host.host), service, handle: { kind: hostKind, ...host }, transaction, ...(move && { move }) }
  })
}

/** The host of an armed target of that kind, as the journal holds it. */
export function leaseOf({ handle }: ArmedTarget): HostLease {
  return handle as ArmedTarget['handle'] & HostLease
}

export function isOnHost({ handle }: ArmedTarget): boolean {
  return handle.kind === hostKind
}

/**
 * Does something on a host over the connection that its main left open, else over a new one with this step's key. Tries
 * up to three times in all where a connection breaks.
 */
export async function withHost<R>(
  lease: HostLease,
  key: () => LoginKey,
  task: (connection: Connection) => Promise<R>,
): Promise<R> {
  const target = { user: lease.user, address: lease.address, port: lease.port, name: lease.host }
  let isFirst = true
  const once = () => {
    if (!isFirst) return overNewConnection(target, () => ({ ...key(), knownHosts: lease.knownHosts }), task)
    isFirst = false
    return task(reopen(target, lease.folder))
  }
  return retryErrors(once, {
    attempts: 3,
    // The first one broke on a connection that may be long gone.
    backoffMs: (failed) => (failed === 1 ? 0 : 1000),
    isRetryable: (error) => isUnreachable(error) && !isLocal(target),
  })
}

async function overNewConnection<R>(
  target: HostTarget,
  credentials: () => Credentials,
  task: (connection: Connection) => Promise<R>,
): Promise<R> {
  const connection = reopen(target, connectionFolder())
  // The process may end before this is done, where its caller stopped waiting.
  const sweep = () => disconnectNow(connection)
  process.once('exit', sweep)
  try {
    return await task(await connect(target, credentials(), connection.folder))
  } finally {
    await disconnect(connection)
    process.off('exit', sweep)
  }
}

/** Asks and confirms hosts, whichever step of the job armed them. `key` is read only where a connection must be made. */
export function hostConfirmer(key: () => LoginKey, journal: Pick<Journal, 'record'>): Confirmer {
  return {
    async missing(targets) {
      const ask = oncePerTransaction((target) => whyMissing(leaseOf(target), key))
      const answers = await Promise.all(targets.map(ask))
      return targets.flatMap((target, index) => {
        const why = answers[index]
        return why ? [{ target: target.name, why }] : []
      })
    },
    async confirm(targets) {
      const confirm = oncePerTransaction((target) => confirmLease(leaseOf(target), key, journal))
      // Slot hosts before their proxies (rule 8): what is not confirmed returns by itself, and a proxy first.
      const [first, last] = [false, true].map((isLast) =>
        targets.filter((target) => (leaseOf(target).confirmLast === true) === isLast),
      )
      await Promise.all((first ?? []).map(confirm))
      await Promise.all((last ?? []).map(confirm))
      return Promise.all(
        targets.map(async (target) => ({
          target: target.name,
          service: target.service,
          ...(await confirm(target)),
        })),
      )
    },
  }
}

/** What steps of a job have joined on a host is asked and confirmed once, for all of its targets. */
function oncePerTransaction<R>(act: (target: ArmedTarget) => Promise<R>): (target: ArmedTarget) => Promise<R> {
  const begun = new Map<string, Promise<R>>()
  return (target) => {
    const { transaction = target.name } = target
    const result = begun.get(transaction) ?? act(target)
    begun.set(transaction, result)
    return result
  }
}

/**
 * The confirmer of a post: with the key from its own inputs. Without one, as in an action that has no hosts, it asks over
 * the connections that the mains of other steps left open.
 */
export function postConfirmer({ journal }: { journal: Journal }): Confirmer {
  return hostConfirmer(keyFromInputs, journal)
}

/** Being asked extends a confirm timeout by 60 s: an answer that takes longer than this says nothing about the present state. */
const askSeconds = 40

async function whyMissing(lease: HostLease, key: () => LoginKey): Promise<string | undefined> {
  try {
    const late = sleep(askSeconds * 1000).then(() => 'silent')
    const state = await Promise.race([late, withHost(lease, key, (connection) => askOnHost(connection, lease))])
    if (state === 'silent') return `it did not answer within ${askSeconds} s`
    if (state === 'armed') return undefined
    if (state === 'dead') return 'its process is gone, so it would not roll back on its own'
    return `it is ${state} already: it was not confirmed in time, or it rolled back on its own`
  } catch (error) {
    return messageOf(error)
  }
}

async function confirmLease(
  lease: HostLease,
  key: () => LoginKey,
  journal: Pick<Journal, 'record'>,
): Promise<Pick<TargetOutcome, 'result' | 'detail'>> {
  if (lease.shadow) return concludeShadowRelease(lease, key)
  try {
    const {
      state,
      decidedBy: who,
      elsewhere,
    } = await withHost(lease, key, (connection) => confirmOnHost(connection, lease, recordText(journal)))
    if (state === 'confirmed' && elsewhere !== '')
      return {
        result: 'mixed',
        detail: `confirmed, but a person has changed it since, which stays: ${elsewhere}`,
      }
    if (state === 'confirmed') return { result: 'committed', detail: 'confirmed' }
    return { result: 'mixed', detail: `could not be confirmed: it is ${state || 'gone'} (${who})` }
  } catch (error) {
    const detail = `whether it was confirmed is not known (${firstLine(messageOf(error))}); if not, it rolls back on its own`
    return { result: 'mixed', detail }
  }
}

/** Seconds that a slot's stop may take, and the wait for a switch that is under way. */
const shadowUndoSeconds = 180

/** When the job commits, a shadow release has served its purpose: its slot is made idle again. */
async function concludeShadowRelease(
  lease: HostLease,
  key: () => LoginKey,
): Promise<Pick<TargetOutcome, 'result' | 'detail'>> {
  // The part that can undo is on the host, in the release's process or in the script that is kept there.
  try {
    return shadowOutcome(await withHost(lease, key, (connection) => undoOnHost(connection, lease, shadowUndoSeconds)))
  } catch (error) {
    const detail = `whether its slot is idle again is not known (${firstLine(messageOf(error))}); the host makes it idle on its own`
    return { result: 'mixed', detail }
  }
}

/** The outcome of a shadow release after its undo. */
export function shadowOutcome({ state, undoFailed }: HostState): Pick<TargetOutcome, 'result' | 'detail'> {
  if (state === 'undone' || state === 'released' || state === 'none')
    return { result: 'unchanged', detail: 'a shadow release: its slot is idle again, and no user saw it' }
  return { result: 'mixed', detail: `a shadow release that is ${state}: ${undoFailed || 'its slot is not idle again'}` }
}

/** The record as a host keeps it. */
function recordText(journal: Pick<Journal, 'record'>): string {
  return journal
    .record()
    .map((line) => JSON.stringify(line))
    .join('\n')
}
