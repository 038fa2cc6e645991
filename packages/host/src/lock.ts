import { Failure, messageOf, type Step } from '@belay/action-kit'
import { allOrNone, type FleetHost } from './fleet.ts'
import { actor, type Holding, type HostScript, type HostState, hold, renew, undo } from './release-process.ts'

/** How the locks of a fleet are asked for. */
export interface LockOrder {
  readonly script: HostScript
  /** What is changed under them, for the people who find a lock held. */
  readonly what: string
  /** Committed releases that a host keeps. */
  readonly keep: number
  /** The values of the release's state file. */
  readonly params: Record<string, string | number>
  readonly timeoutSeconds: number
  /** What lost runs leave behind, and is put back first: `it`, `its traffic`. */
  readonly left: string
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
  { script, what, keep, params, timeoutSeconds, left, logFolder }: LockOrder,
  signal: AbortSignal,
): Promise<Holding[]> {
  const settledWords = (settled: string): string => {
    const [end, name] = settled.split(' ')
    if (end === 'undone') return `an earlier run had left ${name} unconfirmed; ${left} was put back first`
    return `an earlier run had left ${name} unconfirmed, and it could not be put back whole: see ${logFolder}/log/${name}.log`
  }
  const take = async ({ connection, held }: FleetHost): Promise<Holding> => {
    const holding = await hold(connection, script, held, { keep, owner: ownerNote(what), params }, signal)
    // Said at once: this lock may be given back, and taken again when there is nothing left to settle.
    if (holding.settled) step.warn(settledWords(holding.settled), held.host)
    return holding
  }
  return allOrNone(fleet, take, async (host) => void (await giveBack(host, script)), {
    timeoutSeconds,
    signal,
    onWait: (why) => step.info(`Waiting up to ${timeoutSeconds} s: ${why.split('\n')[0]}`),
  })
}

/** Who holds a host's lock, for the people who find it there. */
function ownerNote(what: string): string {
  return `${actor('held')}, ${what}, since ${new Date().toISOString()}`
}

/** Gives a lock back that nothing was done under. */
export async function giveBack({ connection, held }: FleetHost, script: HostScript): Promise<HostState> {
  return undo(connection, held, script, 5)
}

/** Gives all locks back where there was nothing to do; one that cannot be given is no failure of that. */
export async function giveAllBack(
  step: Pick<Step, 'warn'>,
  fleet: readonly FleetHost[],
  script: HostScript,
): Promise<void> {
  await Promise.all(
    fleet.map((host) =>
      giveBack(host, script).catch((error: unknown) =>
        step.warn(`its lock ends by itself: ${messageOf(error)}`, host.held.host),
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
    for (const { connection, held } of fleet)
      void renew(connection, held).catch((error: unknown) => {
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
