import { createHash } from 'node:crypto'
import { Failure, Interrupted, sleep } from '@belay/action-kit'
import { annotation } from './annotations.ts'
import { ApiError, type KubeObject, type PatchOperation } from './api.ts'
import { type Client, orUndefined } from './client.ts'
import { escapePointer } from './compare.ts'
import { expiredState, openState, stateAt, stateName } from './lease-state.ts'
import { collection } from './resources.ts'

/** Between two steps no process of a job runs that could renew it, so it lasts as long as a job may, in seconds. */
export const leaseSeconds = 7200

const committedName = annotation('committed')
const ofService = annotation('service')
const ofEnvironment = annotation('environment')

/** The release that a service is at in this namespace, as the Lease records it. */
export interface CommitRecord {
  readonly release: string
  readonly version: string
  readonly sha: string
  /** ISO, UTC. */
  readonly at: string
  /** The release that was committed before it: a rollback from here goes there. */
  readonly previous?: string
  /** With slots: the one that it serves from, and the Services that lead there. */
  readonly slot?: string
  readonly services?: readonly string[]
}

/** What a Lease says. `state` is `none`, `open RELEASE`, `expired RELEASE` or `committed RELEASE`. */
export interface LeaseState {
  readonly holder: string
  readonly state: string
  readonly committed: CommitRecord | undefined
  /** The moment of its last renewal, as it is written there. */
  readonly renewTime: string
  readonly seconds: number
}

/** Where a Lease is. What else Belay keeps of its service lies beside it, under names that begin with its own. */
export interface LeasePlace {
  readonly namespace: string
  readonly name: string
}

/** The lock, the state and the commit record of a service in an environment. */
export interface LeaseRef extends LeasePlace {
  readonly service: string
  readonly environment: string
  /** Who holds it: the run, its attempt, the job, and a word that was drawn for this job. */
  readonly holder: string
}

/** Whose Lease it is. */
type LeaseOwner = Pick<LeaseRef, 'service' | 'environment'>

export function leasePlace(namespace: string, { service, environment }: LeaseOwner): LeasePlace {
  return { namespace, name: leaseName(service, environment) }
}

export function leaseRef(namespace: string, { service, environment }: LeaseOwner, holder: string): LeaseRef {
  return { ...leasePlace(namespace, { service, environment }), service, environment, holder }
}

/** The names of all that Belay keeps of a service in a namespace begin with this. */
export function leaseName(service: string, environment: string): string {
  const plain = `belay-${service}-${environment}`
  // Without a dash in a word the name alone keeps the two apart.
  if ([service, environment].every((word) => /^[a-z0-9]+$/.test(word))) return plain
  const hash = createHash('sha256').update(`${service}\0${environment}`).digest('hex').slice(0, 6)
  const simple = plain.toLowerCase().replace(/[^a-z0-9-]/g, '-')
  return `${simple}-${hash}`
}

const pathOf = ({ namespace, name }: LeasePlace) =>
  `${collection('coordination.k8s.io/v1', 'leases', namespace)}/${name}`
const holderAt = '/spec/holderIdentity'
const committedAt = `/metadata/annotations/${escapePointer(committedName)}`

interface Lease extends KubeObject {
  readonly spec?: {
    readonly holderIdentity?: string
    readonly renewTime?: string
    readonly leaseDurationSeconds?: number
  }
}

function stateOf({ metadata, spec = {} }: Lease): LeaseState {
  const record = metadata.annotations?.[committedName]
  return {
    holder: spec.holderIdentity ?? '',
    state: metadata.annotations?.[stateName] ?? 'none',
    committed: record === undefined ? undefined : (JSON.parse(record) as CommitRecord),
    renewTime: spec.renewTime ?? '',
    seconds: spec.leaseDurationSeconds ?? 0,
  }
}

/** What the Lease says; undefined where there is none. */
export async function readLease(client: Client, ref: LeasePlace): Promise<LeaseState | undefined> {
  const lease = await orUndefined(client.get<Lease>(pathOf(ref)))
  return lease && stateOf(lease)
}

export interface Taking {
  readonly timeoutSeconds: number
  readonly signal: AbortSignal
  /** Whether the job of this holder has ended, so that it will never release the lock. */
  readonly isGone: (holder: string) => Promise<boolean>
  readonly info: (text: string) => void
}

const pauseMs = 2000

/**
 * Takes the lock, and waits while another job holds it. A lock that ran out, or whose job has ended, is taken over.
 * @returns what the Lease said before
 * @throws Failure `lock-held`
 */
export async function takeLease(client: Client, ref: LeaseRef, taking: Taking): Promise<LeaseState> {
  const late = performance.now() + taking.timeoutSeconds * 1000
  const isGone = askedSeldom(taking)
  let shown = ''
  for (;;) {
    if (taking.signal.aborted) throw new Interrupted()
    const before = await tryLease(client, ref, isGone)
    if (before === 'again') continue
    if (!('heldBy' in before)) return before
    const { heldBy } = before
    const age = Math.round((client.now() - Date.parse(heldBy.renewTime)) / 1000)
    if (heldBy.holder !== shown) taking.info(`Waiting for the lock: ${heldBy.holder} renewed it ${age} s ago.`)
    shown = heldBy.holder
    if (performance.now() + pauseMs > late)
      throw new Failure(
        'lock-held',
        `${ref.service} in the namespace ${ref.namespace} is locked by ${heldBy.holder}, which renewed the lock ${age} s ago. Nothing was changed.`,
        `wait for that job. If it is gone for good: kubectl delete lease/${ref.name} -n ${ref.namespace}`,
      )
    await sleep(pauseMs, taking.signal)
  }
}

/** One attempt. `again`: somebody else was faster. */
async function tryLease(
  client: Client,
  ref: LeaseRef,
  isGone: (holder: string) => Promise<boolean>,
): Promise<LeaseState | { heldBy: LeaseState } | 'again'> {
  const found = await orUndefined(client.get<Lease>(pathOf(ref)))
  if (!found) return (await createLease(client, ref)) ? stateOf({ metadata: { name: ref.name } }) : 'again'
  assertSameService(found, ref)
  const now = stateOf(found)
  // One without a time was not written by Belay, and would never end.
  const expired = !(Date.parse(now.renewTime) + now.seconds * 1000 >= client.now())
  const free = now.holder === '' || now.holder === ref.holder || expired
  if (!free && !(await isGone(now.holder))) return { heldBy: now }
  return (await replaceHolder(client, ref, now)) ? now : 'again'
}

/** GitHub is asked every ten seconds at most. */
function askedSeldom({ isGone, info }: Taking): (holder: string) => Promise<boolean> {
  let next = 0
  return async (holder) => {
    if (performance.now() < next) return false
    next = performance.now() + 10_000
    const gone = await isGone(holder)
    if (gone) info(`The job ${holder} has ended and did not release the lock: it is taken over.`)
    return gone
  }
}

function assertSameService({ metadata }: Lease, { service, environment, name }: LeaseRef): void {
  const { [ofService]: s = service, [ofEnvironment]: e = environment } = metadata.annotations ?? {}
  if (s === service && e === environment) return
  throw new Failure('lock-held', `lease/${name} belongs to ${s} in ${e}.`, 'give the service another name.')
}

async function createLease(client: Client, ref: LeaseRef): Promise<boolean> {
  const { name, namespace, service, environment, holder } = ref
  const annotations = { [ofService]: service, [ofEnvironment]: environment, [stateName]: 'none' }
  const now = microTime(client.now())
  const body = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace, annotations },
    spec: { holderIdentity: holder, leaseDurationSeconds: leaseSeconds, acquireTime: now, renewTime: now },
  }
  return isDone(client.create(collection('coordination.k8s.io/v1', 'leases', namespace), body), [409])
}

async function replaceHolder(client: Client, ref: LeaseRef, now: LeaseState): Promise<boolean> {
  const time = microTime(client.now())
  const operations: PatchOperation[] = [
    { op: 'test', path: holderAt, value: now.holder },
    { op: 'test', path: '/spec/renewTime', value: now.renewTime },
    { op: 'replace', path: holderAt, value: ref.holder },
    { op: 'add', path: '/spec/leaseDurationSeconds', value: leaseSeconds },
    { op: 'add', path: '/spec/acquireTime', value: time },
    { op: 'add', path: '/spec/renewTime', value: time },
  ]
  return isDone(client.patch(pathOf(ref), operations), [422, 404])
}

/** @throws Failure `not-held` where another job has taken the lock, or removed it */
export async function renewLease(client: Client, ref: LeaseRef): Promise<void> {
  await change(client, ref, [{ op: 'add', path: '/spec/renewTime', value: microTime(client.now()) }])
}

/** Writes what the transaction has come to, unless the state has become another one. @throws Failure `not-held` */
export async function setState(
  client: Client,
  ref: LeaseRef,
  { from, to, committed }: { from: string; to: string; committed?: CommitRecord },
): Promise<void> {
  const operations: PatchOperation[] = [
    { op: 'test', path: stateAt, value: from },
    { op: 'replace', path: stateAt, value: to },
    ...(committed ? [{ op: 'add', path: committedAt, value: JSON.stringify(committed) } as const] : []),
    { op: 'add', path: '/spec/renewTime', value: microTime(client.now()) },
  ]
  await change(client, ref, operations, to)
}

/** Ends an open release without a commit, also one that has expired. @throws Failure `not-held` */
export async function endOpen(client: Client, ref: LeaseRef, release: string, to: string): Promise<void> {
  try {
    await setState(client, ref, { from: openState(release), to })
  } catch (error) {
    // It may expire at any moment, and then stays so.
    if (!(await isExpired(client, ref, release))) throw error
    await setState(client, ref, { from: expiredState(release), to })
  }
}

/** Whether the cluster has moved the traffic of this job's release back. */
export async function isExpired(client: Client, ref: LeasePlace, release: string): Promise<boolean> {
  return (await readLease(client, ref))?.state === expiredState(release)
}

/** Gives the lock back. That of another job stays. */
export async function releaseLease(client: Client, ref: LeaseRef): Promise<void> {
  await isDone(
    client.patch(pathOf(ref), [
      { op: 'test', path: holderAt, value: ref.holder },
      { op: 'replace', path: holderAt, value: '' },
    ]),
    [422, 404],
  )
}

async function change(
  client: Client,
  ref: LeaseRef,
  operations: readonly PatchOperation[],
  state?: string,
): Promise<void> {
  const held: PatchOperation = { op: 'test', path: holderAt, value: ref.holder }
  if (await isDone(client.patch(pathOf(ref), [held, ...operations]), [422, 404])) return
  const now = await readLease(client, ref)
  // An answer that was lost: the patch had arrived.
  if (now?.holder === ref.holder && now.state === state) return
  throw notHeld(ref, now)
}

/**
 * Sees that this job still holds the lock, in this state where one is given. `otherwise` is added to the message.
 * @throws Failure `not-held`
 */
export async function assertHeld(client: Client, ref: LeaseRef, state?: string, otherwise = ''): Promise<void> {
  const now = await readLease(client, ref)
  if (now?.holder !== ref.holder || (state !== undefined && now.state !== state)) throw notHeld(ref, now, otherwise)
}

function notHeld({ service, namespace, holder }: LeaseRef, now: LeaseState | undefined, otherwise = ''): Failure {
  const who =
    now === undefined
      ? 'it was deleted'
      : now.holder === holder
        ? `its state is ${now.state}`
        : `${now.holder || 'no job'} holds it`
  return new Failure(
    'not-held',
    `The lock of ${service} in the namespace ${namespace} is not this job's any more: ${who}. ${otherwise}`.trimEnd(),
    'find out who took it, then release again.',
  )
}

/** Whether the server did it; false for one of the statuses that mean that the object is not as it was. */
async function isDone(asked: Promise<unknown>, refusals: readonly number[]): Promise<boolean> {
  try {
    await asked
    return true
  } catch (error) {
    if (error instanceof ApiError && refusals.includes(error.status)) return false
    throw error
  }
}

function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z')
}
