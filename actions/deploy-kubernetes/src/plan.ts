import { Failure } from '@belay/action-kit'
import {
  ApiError,
  beforeName,
  type Client,
  type Conflict,
  changesBetween,
  collection,
  conflictsIn,
  entryFor,
  type FieldChange,
  isOwnManager,
  type KubeList,
  type KubeObject,
  notOfHelm,
  orUndefined,
  ownerOf,
  owns,
  refName,
  type UndoEntry,
} from '@belay/kubernetes'
import type { ChartChange } from './chart/plan.ts'
import { bodyFor, type DesiredObject } from './desired.ts'

/** An object of the release: what is there, what is sent, and what the server says that it will become. */
export interface PlannedObject extends DesiredObject {
  /** Undefined: it is created. */
  readonly before: KubeObject | undefined
  /** Fields are taken over, which only another manager of Belay's had set. */
  readonly force: boolean
  readonly after: KubeObject
  readonly changes: readonly FieldChange[]
}

/** A field that the release may not set. */
export interface ObjectConflict extends Conflict {
  readonly object: string
}

/** How Helm applies them. */
type HelmApply = Pick<ChartChange, 'owner' | 'serverSide'>

/** Whose plan it is. */
export interface Planning {
  /** The release that objects are created by. */
  readonly release: string
  /** Helm will apply them. */
  readonly chart?: HelmApply | undefined
  readonly onConflicts?: (conflicts: readonly ObjectConflict[]) => void
}

interface Autoscaler extends KubeObject {
  readonly spec?: { readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string } }
}

/**
 * Asks what each object is, and lets the server try all of them. Changes nothing.
 * @throws Failure with all that is refused: `owned-by`, `rollout-held`, `conflict`, `immutable-field`, `invalid`
 */
export async function planObjects(
  client: Client,
  desired: readonly DesiredObject[],
  namespace: string,
  { release, chart, onConflicts }: Planning,
): Promise<PlannedObject[]> {
  const [scaled, found] = await Promise.all([
    scaledWorkloads(client, namespace),
    Promise.all(desired.map(async (one) => ({ ...one, before: await orUndefined(client.get(one.ref.path)) }))),
  ])
  refuse(found.flatMap(({ ref, before }) => heldReasons(refName(ref), before, chart)))
  const tried = await Promise.all(
    found.map((one) => tryObject(client, chart ? one : { ...one, send: sendable(one, scaled, release) }, chart)),
  )
  const conflicts = tried.flatMap((one) => ('conflicts' in one ? one.conflicts : []))
  if (conflicts.length > 0) onConflicts?.(conflicts)
  refuse(tried.flatMap((one) => ('refusal' in one ? [one.refusal] : [])))
  return tried.flatMap((one) => ('after' in one ? [one] : []))
}

/** What an autoscaler scales: `Deployment/api`. */
export async function scaledWorkloads(client: Client, namespace: string): Promise<ReadonlySet<string>> {
  const path = collection('autoscaling/v2', 'horizontalpodautoscalers', namespace)
  const { items } = await client.get<KubeList<Autoscaler>>(path)
  return new Set(items.map(({ spec }) => `${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`))
}

type Found = DesiredObject & { readonly before: KubeObject | undefined }

function sendable({ send, before, ref }: Found, scaled: ReadonlySet<string>, release: string): DesiredObject['send'] {
  if (!('apply' in send)) return send
  const isScaled = before !== undefined && scaled.has(`${ref.kind}/${ref.name}`)
  if (!isScaled) return { apply: bodyFor(send.apply, before, release, 'as-desired') }
  // A sole owner that leaves it out would reset it to 1.
  const { ours, others } = owns(before, 'replicas')
  return { apply: bodyFor(send.apply, before, release, ours && !others ? 'as-live' : 'left-out') }
}

/** A refusal, and the code of its kind. */
interface Refusal {
  readonly code: string
  readonly text: string
}

/** The order of the codes where objects are refused for several reasons: the first one names the failure. */
const refusals = {
  'owned-by': 'release it by that tool, or take the object out of manifests.',
  'rollout-held': 'resume the rollout (`kubectl rollout resume`), or use the strategy RollingUpdate.',
  conflict:
    'take the field out of the manifests if that manager is to keep it. To let Belay set it, hand it over once: kubectl apply --server-side --field-manager=belay --force-conflicts -f FILE',
  'immutable-field': 'give the object a new name: a release replaces no object that holds others.',
  invalid: 'correct the manifests: the message is that of the API server.',
} as const

/** @throws Failure with every refusal, a line each */
function refuse(found: readonly Refusal[]): void {
  if (found.length === 0) return
  const codes = Object.keys(refusals) as (keyof typeof refusals)[]
  const first = codes.find((one) => found.some(({ code }) => code === one)) ?? 'invalid'
  throw new Failure(
    first,
    `The release is refused; nothing was changed.\n${found.map(({ text }) => `  - ${text}`).join('\n')}`,
    refusals[first],
  )
}

/** Why an object may not be released, by what it is now. */
function heldReasons(name: string, before: KubeObject | undefined, chart: HelmApply | undefined): Refusal[] {
  if (!before) return []
  const owned = chart ? notOfHelm(before, chart.owner) : ownedByOther(before)
  if (owned !== undefined) return [{ code: 'owned-by', text: `${name} ${owned}.` }]
  const { paused, updateStrategy } = (before.spec ?? {}) as { paused?: boolean; updateStrategy?: { type?: string } }
  if (paused) return [{ code: 'rollout-held', text: `${name} is paused, so nothing would roll out.` }]
  if (updateStrategy?.type === 'OnDelete')
    return [{ code: 'rollout-held', text: `${name} has the strategy OnDelete, so nothing would roll out by itself.` }]
  return []
}

function ownedByOther(before: KubeObject): string | undefined {
  const owner = ownerOf(before)
  return owner && `belongs to ${owner}, which would revert the change`
}

type Tried =
  | PlannedObject
  | { readonly refusal: Refusal }
  | { readonly refusal: Refusal; readonly conflicts: readonly ObjectConflict[] }

async function tryObject(client: Client, object: Found, chart: HelmApply | undefined): Promise<Tried> {
  const { ref, send, before } = object
  const planned = (after: KubeObject, force: boolean): PlannedObject => ({
    ...object,
    force,
    after,
    changes: before ? changesBetween(before, after) : [],
  })
  try {
    if ('patch' in send) return planned(await client.patch(ref.path, send.patch, { dryRun: true }), false)
    // As Helm does: without the server's apply it takes all fields over.
    const by = chart && { manager: 'helm', force: !chart.serverSide }
    return planned(await client.apply(ref.path, send.apply, { dryRun: true, ...by }), false)
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    const conflicts = conflictsIn(error)
    if (conflicts.length === 0) return { refusal: refusalOf(refName(ref), error) }
    if ('apply' in send && !chart && conflicts.every(({ manager }) => isOwnManager(manager)))
      return planned(await client.apply(ref.path, send.apply, { dryRun: true, force: true }), true)
    const foreign = conflicts.filter(({ manager }) => chart || !isOwnManager(manager))
    const lines = foreign.map(({ field, manager }) => `${field} is set by ${manager}`)
    return {
      refusal: { code: 'conflict', text: `${refName(ref)}: ${lines.join('; ')}.` },
      conflicts: foreign.map((one) => ({ object: refName(ref), ...one })),
    }
  }
}

/** What the server refuses of an object. @throws the error itself where it is not about the object */
function refusalOf(name: string, error: ApiError): Refusal {
  const { status, message } = error
  if (![400, 403, 422, 500].includes(status)) throw error
  const immutable =
    /field is immutable|may not (be changed|change)|updates to \w+ spec for fields other than|Forbidden: (may not|updates)/
  return { code: immutable.test(message) ? 'immutable-field' : 'invalid', text: `${name}: ${message}` }
}

/** Whether the server would change nothing. */
export function isUnchanged({ before, changes }: PlannedObject): boolean {
  return before !== undefined && changes.length === 0
}

/** What undoes each object, by what the server announced. Pure. */
export function undoEntries(planned: readonly PlannedObject[], lease: string, release: string): UndoEntry[] {
  return planned.map(({ ref, before, after }, index) =>
    before ? entryFor(ref, before, after, beforeName(lease, index)) : { do: 'delete', ref, release },
  )
}
