import { isDeepStrictEqual } from 'node:util'
import { Failure, messageOf, monotonicSeconds, type Step, sleep } from '@belay/action-kit'
import type { StateText } from './encode.ts'
import { type FleetHost, takeAllOrNone } from './fleet.ts'
import { actorText, type HostState, type LockReply, lockOnHost, renewOnHost, undoOnHost } from './host-commands.ts'
import type { HostScript } from './host-script.ts'
import type { Heard } from './remote-traffic.ts'

/** How the locks of a fleet are requested. */
export interface LockRequest {
  readonly script: HostScript
  /** What is changed under the locks, for people who find one held. */
  readonly purpose: string
  /** Committed releases that a host keeps. */
  readonly keepReleases: number
  /** The values of the change; of a host, where they differ. */
  readonly state: StateText | ((host: string) => StateText)
  /** Of proxies on other hosts. */
  readonly heard?: Heard | undefined
  readonly timeoutSeconds: number
  /** What lost runs leave behind, and the host restores first: `it`, `its traffic`. */
  readonly leftovers: string
  /** The folder with the logs, as users know it: `.belay`. */
  readonly logFolder: string
}

/**
 * Takes the locks of all hosts or none. Each host first restores what lost runs left; that is a warning.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
export async function lockHosts(
  step: Pick<Step, 'info' | 'warn'>,
  fleet: readonly FleetHost[],
  request: LockRequest,
  signal: AbortSignal,
): Promise<LockReply[]> {
  const { script, purpose, keepReleases, timeoutSeconds, leftovers, logFolder } = request
  const describeRecovery = ({ end, name }: NonNullable<LockReply['recovered']>): string => {
    if (end === 'undone') return `an earlier run left ${name} unconfirmed; ${leftovers} was restored first`
    return `an earlier run left ${name} unconfirmed, and it could not be restored completely: read ${logFolder}/log/${name}.log`
  }
  const take = async ({ connection, lease }: FleetHost): Promise<LockReply> => {
    const reply = await lockOnHost(
      connection,
      script,
      lease,
      { keepReleases, owner: ownerNote(purpose), ...valuesFor(lease.host, request) },
      signal,
    )
    // A warning at once: this lock may be released and taken again, and then nothing is left to report.
    if (reply.recovered) step.warn(describeRecovery(reply.recovered), lease.host)
    return reply
  }
  return takeAllOrNone(fleet, take, async (host) => void (await releaseLock(host)), {
    timeoutSeconds,
    signal,
    onWait: (why) => step.info(`Waiting up to ${timeoutSeconds} s: ${why.split('\n')[0]}`),
  })
}

function valuesFor(host: string, { state, heard }: LockRequest) {
  const traffic = heard && { traffic: heard.words.get(host), proxies: heard.proxies }
  return { state: typeof state === 'function' ? state(host) : state, ...traffic }
}

/** Locks that are taken with what was seen of traffic on other hosts. */
export interface UnmovedRequest<Seen, Taken> {
  readonly hosts: readonly FleetHost[]
  /** Sees where traffic goes; with `locked` under the locks. */
  see(locked: boolean): Promise<Seen>
  /** The part of it that must be the same before and under the locks. */
  compared(seen: Seen): unknown
  lock(seen: Seen): Promise<Taken>
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
}

/**
 * Takes the locks with what is seen, and sees again under them: a run that had them until then may have moved traffic, and
 * confirms its proxies a moment after its slot hosts. Then all locks are released and taken again, until `timeoutSeconds`
 * are over.
 * @throws Failure `lock-held`, or what `lock` and `see` throw
 */
export async function lockUnmoved<Seen, Taken>({
  hosts,
  timeoutSeconds,
  signal,
  ...how
}: UnmovedRequest<Seen, Taken>): Promise<{ seen: Seen; taken: Taken }> {
  const end = monotonicSeconds() + timeoutSeconds
  for (;;) {
    const before = await how.see(false)
    const taken = await how.lock(before)
    const seen = await how.see(true).catch(heldFailure)
    if (!(seen instanceof Failure) && isDeepStrictEqual(how.compared(before), how.compared(seen)))
      return { seen, taken }
    await Promise.all(hosts.map((host) => releaseLock(host)))
    if (monotonicSeconds() >= end) throw seen instanceof Failure ? seen : movedFailure()
    await sleep(1000, signal)
  }
}

function heldFailure(error: unknown): Failure {
  if (error instanceof Failure && error.code === 'lock-held') return error
  throw error
}

function movedFailure(): Failure {
  return new Failure(
    'lock-held',
    'Other runs keep moving the traffic of these hosts.',
    'run the job again when they have ended.',
  )
}

/** The text on a host that says who holds its lock. */
function ownerNote(purpose: string): string {
  return `${actorText('held')}, ${purpose}, since ${new Date().toISOString()}`
}

/** Releases a lock under which nothing was changed; one that an earlier step of the job holds stays. */
export async function releaseLock({ connection, lease }: FleetHost): Promise<HostState> {
  return undoOnHost(connection, lease, 5)
}

/** Releases all locks where there was nothing to do. One that cannot be released is only a warning. */
export async function releaseLocks(step: Pick<Step, 'warn'>, fleet: readonly FleetHost[]): Promise<void> {
  await Promise.all(
    fleet.map((host) =>
      releaseLock(host).catch((error: unknown) =>
        step.warn(`its lock was not released, and expires on its own: ${messageOf(error)}`, host.lease.host),
      ),
    ),
  )
}

/** Milliseconds between two renewals: about a quarter of the lease. */
const renewalMs = 8000

/**
 * Renews the locks of hosts that are not armed yet, as long as the task before the switch takes. The task gets a signal
 * that is aborted when the lock of a host is lost: from then on another job may change that host.
 * @throws Failure `not-held` where it was lost
 */
export async function withLease<T>(
  fleet: readonly FleetHost[],
  outer: AbortSignal,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController()
  const timer = setInterval(() => {
    for (const { connection, lease } of fleet)
      void renewOnHost(connection, lease).catch((error: unknown) => {
        // Any other failure is one of the connection: the task itself will report it.
        if (error instanceof Failure && error.code === 'not-held') lost.abort(error)
      })
  }, renewalMs)
  try {
    return await task(AbortSignal.any([outer, lost.signal]))
  } catch (error) {
    throw lost.signal.aborted && !outer.aborted ? lost.signal.reason : error
  } finally {
    clearInterval(timer)
  }
}
