import { Failure, messageOf, type Step } from '@belay/action-kit'
import { type FleetHost, takeAllOrNone } from './fleet.ts'
import {
  actorText,
  type HostScript,
  type HostState,
  type LockReply,
  lockOnHost,
  renewOnHost,
  undoOnHost,
} from './host-commands.ts'

/** How the locks of a fleet are asked for. */
export interface LockRequest {
  readonly script: HostScript
  /** What is changed under them, for the people who find a lock held. */
  readonly purpose: string
  /** Committed releases that a host keeps. */
  readonly keepReleases: number
  /** The values of the release's state file. */
  readonly params: Record<string, string | number>
  readonly timeoutSeconds: number
  /** What lost runs leave behind, and is put back first: `it`, `its traffic`. */
  readonly leftovers: string
  /** The folder that has the logs, as people know it: `.belay`. */
  readonly logFolder: string
}

/**
 * All hosts' locks or none; what lost runs left is put back first, and said.
 * @throws Failure `lock-held` with the holder's words, or the first other failure
 */
export async function lockHosts(
  step: Pick<Step, 'info' | 'warn'>,
  fleet: readonly FleetHost[],
  { script, purpose, keepReleases, params, timeoutSeconds, leftovers, logFolder }: LockRequest,
  signal: AbortSignal,
): Promise<LockReply[]> {
  const describeRecovery = (recovered: string): string => {
    const [end, name] = recovered.split(' ')
    if (end === 'undone') return `an earlier run left ${name} unconfirmed; ${leftovers} was restored first`
    return `an earlier run left ${name} unconfirmed, and it could not be restored completely: read ${logFolder}/log/${name}.log`
  }
  const take = async ({ connection, lease }: FleetHost): Promise<LockReply> => {
    const reply = await lockOnHost(
      connection,
      script,
      lease,
      { keep: keepReleases, owner: ownerNote(purpose), params },
      signal,
    )
    // Said at once: this lock may be given back, and taken again when there is nothing left to settle.
    if (reply.recovered) step.warn(describeRecovery(reply.recovered), lease.host)
    return reply
  }
  return takeAllOrNone(fleet, take, async (host) => void (await releaseLock(host, script)), {
    timeoutSeconds,
    signal,
    onWait: (why) => step.info(`Waiting up to ${timeoutSeconds} s: ${why.split('\n')[0]}`),
  })
}

/** Who holds a host's lock, for the people who find it there. */
function ownerNote(purpose: string): string {
  return `${actorText('held')}, ${purpose}, since ${new Date().toISOString()}`
}

/** Gives a lock back that nothing was done under. */
export async function releaseLock({ connection, lease }: FleetHost, script: HostScript): Promise<HostState> {
  return undoOnHost(connection, lease, script, 5)
}

/** Gives all locks back where there was nothing to do; one that cannot be given is no failure of that. */
export async function releaseLocks(
  step: Pick<Step, 'warn'>,
  fleet: readonly FleetHost[],
  script: HostScript,
): Promise<void> {
  await Promise.all(
    fleet.map((host) =>
      releaseLock(host, script).catch((error: unknown) =>
        step.warn(`its lock was not released, and expires on its own: ${messageOf(error)}`, host.lease.host),
      ),
    ),
  )
}

/** Milliseconds between two renewals: about a quarter of the time for which a host waits for one. */
const renewalMs = 8000

/**
 * Renews the locks of hosts that are not armed yet, as long as the work before the switch takes. The work gets a signal
 * that is aborted when the lock of a host is lost: past that, somebody else may change it.
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
        // Any other failure is the connection's trouble: the work itself will say so.
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
