import { firstLine, messageOf, type TargetOutcome } from '@belay/action-kit'
import {
  type Client,
  isExpired,
  moveBack,
  moveByHand,
  openState,
  readLease,
  reconnectTo,
  refName,
  releaseLease,
  removeUndo,
  setState,
  slotsOfServices,
} from '@belay/kubernetes'
import { outcomeOf, type SavedMove } from './saved.ts'

/** In milliseconds. */
const budgetMs = 60_000

/** Moves the traffic back, as far as it is as the switch left it. May be called again, and after a kill. Never throws. */
export async function undoMove(saved: SavedMove, leftMs: number): Promise<TargetOutcome[]> {
  const signal = AbortSignal.timeout(Math.floor(leftMs))
  try {
    const client = await reconnectTo(saved.server, signal)
    const taken = await takenBy(client, saved)
    if (taken !== undefined)
      return outcomeOf(
        saved,
        'mixed',
        `the lock was taken by ${taken}, which has the say by now: no traffic was moved back`,
      )
    return await undoOn(client, saved, signal)
  } catch (error) {
    return outcomeOf(
      saved,
      'mixed',
      `the traffic could not be moved back (${firstLine(messageOf(error))}). ${byHand(saved)}`,
    )
  }
}

const late = 'the job took longer than confirm-timeout, so the cluster moved the traffic back'

/** Without a Job nothing in the cluster moves the traffic back. */
async function hasExpired(client: Client, { lease, release, traffic }: SavedMove): Promise<boolean> {
  return traffic.confirmJob !== undefined && isExpired(client, lease, release)
}

async function undoOn(client: Client, saved: SavedMove, signal: AbortSignal): Promise<TargetOutcome[]> {
  const { namespace } = saved.lease
  const { from, to } = saved.traffic
  const restored = await moveBack(client, namespace, saved.traffic, signal)
  const left = restored.filter(({ result }) => result === 'foreign' || result === 'failed')
  if (saved.stateBefore !== undefined && left.every(({ result }) => result !== 'failed')) await end(client, saved)
  if (left.length > 0) {
    const what = left.map(({ ref, detail }) => `${refName(ref)} ${detail}`).join('; ')
    return outcomeOf(saved, 'mixed', `${what}. ${byHand(saved)}`)
  }
  if (restored.every(({ result }) => result === 'as-before'))
    return (await hasExpired(client, saved))
      ? outcomeOf(saved, 'rolled-back', late)
      : outcomeOf(saved, 'unchanged', `traffic goes to slot ${from}`)
  return outcomeOf(saved, 'rolled-back', `traffic is back in slot ${from}; slot ${to} has none`)
}

/** A rollback has opened the transaction itself. */
async function end(client: Client, saved: SavedMove): Promise<void> {
  const { lease, release, stateBefore = 'none' } = saved
  const now = await readLease(client, lease)
  if (now?.holder === lease.holder && now.state === openState(release))
    await setState(client, lease, { from: openState(release), to: stateBefore })
  await removeUndo(client, lease, { entries: [] })
  await releaseLease(client, lease)
}

/** Another job that has the lock by now; undefined where there is none. */
async function takenBy(client: Client, { lease }: SavedMove): Promise<string | undefined> {
  const now = await readLease(client, lease)
  return now?.holder && now.holder !== lease.holder ? now.holder : undefined
}

function byHand({ lease: { namespace }, traffic: { from, entries } }: SavedMove): string {
  return `To go back by hand: ${entries.map(({ ref }) => moveByHand(ref.name, namespace, from)).join(' && ')}`
}

/** Sees that the traffic still goes where the switch moved it; deploy-kubernetes records the release then. Never throws. */
export async function commitMove(saved: SavedMove): Promise<TargetOutcome[]> {
  const { namespace } = saved.lease
  const { to, entries } = saved.traffic
  try {
    const signal = AbortSignal.timeout(budgetMs)
    const client = await reconnectTo(saved.server, signal)
    // The cluster writes that first, and may be about to move it.
    if (await hasExpired(client, saved)) return await undoOn(client, saved, signal)
    const there = await slotsOfServices(
      client,
      namespace,
      entries.map(({ ref }) => ref.name),
    )
    const away = there.filter(({ slot }) => slot !== to)
    if (away.length === 0) return outcomeOf(saved, 'committed', `traffic goes to slot ${to}`)
    const where = away.map(({ ref, slot }) => `${refName(ref)} leads to ${slot ?? 'no slot'}`).join('; ')
    return outcomeOf(
      saved,
      'mixed',
      `${where}, and not to slot ${to} any more: somebody changed it, and that is left alone`,
    )
  } catch (error) {
    return outcomeOf(saved, 'mixed', `where the traffic goes could not be seen: ${firstLine(messageOf(error))}`)
  }
}
