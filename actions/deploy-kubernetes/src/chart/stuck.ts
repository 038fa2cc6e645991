import { Failure } from '@belay/action-kit'
import {
  assertRights,
  beforeName,
  entryFor,
  type HelmPlace,
  type HelmRevision,
  isPending,
  type LeaseRef,
  orUndefined,
  type Resource,
  readHistory,
  type UndoEntry,
  type UndoRecord,
  withHelmOwner,
} from '@belay/kubernetes'
import type { DeployContext } from '../context.ts'
import { locate } from '../desired.ts'
import { commonRights } from '../needed-rights.ts'
import { planObjects } from '../plan.ts'
import { historyMax } from './plan.ts'
import { renderedRevision } from './render.ts'
import { rightsOfChart } from './rights.ts'

type Finding = Pick<DeployContext, 'inputs' | 'connection' | 'client' | 'signal'>

/** A Helm release whose last revision never ended, and the one that was deployed before. */
export interface Stuck {
  readonly place: HelmPlace
  readonly revision: number
  readonly status: string
  readonly good: number
}

/** In minutes: three times as long as Helm waits by its default. */
const oldEnough = 15

/**
 * What is stuck of a Helm release; undefined where nothing is. `now`: of the cluster. Pure.
 * @throws Failure `helm-pending` where a Helm may be at work on it, or nothing was deployed before
 */
export function stuckOf(place: HelmPlace, history: readonly HelmRevision[], now: number): Stuck | undefined {
  const { name, namespace } = place
  const last = history.at(-1)
  if (!last)
    throw new Failure(
      'source',
      `There is no Helm release ${name} in ${namespace}. Nothing was changed.`,
      'correct helm-release.',
    )
  if (!isPending(last)) return undefined
  const { revision, status } = last
  const good = history.findLast((one) => one.status === 'deployed')?.revision
  const minutes = Math.floor((now - Date.parse(last.updated ?? '')) / 60_000)
  const what = `The Helm release ${name} is ${status} at revision ${revision}`
  if (good === undefined)
    throw new Failure(
      'helm-pending',
      `${what}, and nothing was deployed before it. Belay uninstalls nothing that it has not installed. Nothing was changed.`,
      `if no helm works on it any more: helm uninstall ${name} --namespace ${namespace}`,
    )
  // An age that is not known is none.
  if (!(minutes >= oldEnough))
    throw new Failure(
      'helm-pending',
      `${what}${Number.isNaN(minutes) ? '' : ` since ${minutes} min`}: a helm may be at work on it. Nothing was changed.`,
      `run this again once it is ${oldEnough} min. If certainly no helm works on it: helm rollback ${name} ${good} --namespace ${namespace}`,
    )
  return { place, revision, status, good }
}

/** The Helm release that `command: restore` was given, if it is stuck. Asks for the rights. Changes nothing. */
export async function findStuck({ client, connection, inputs, signal }: Finding): Promise<Stuck | undefined> {
  const { namespace, helmRelease: name } = inputs
  if (name === '') return undefined
  await assertRepairRights({ client, inputs }, [], [])
  const place = { name, namespace }
  return stuckOf(place, await readHistory(await connection.helm(signal), place, signal), client.now())
}

/**
 * What undoes the stuck revision, as if a job had left it open: the server says what the objects of the deployed one will
 * be. Changes nothing. @throws Failure `conflict`, `forbidden`, … as a release of that revision would
 */
export async function undoOfStuck(
  { client, connection, inputs, signal }: Finding,
  { place, revision, good }: Stuck,
  { lease, release, stateBefore }: { readonly lease: LeaseRef; readonly release: string; readonly stateBefore: string },
): Promise<UndoRecord> {
  const { namespace } = place
  const helm = await connection.helm(signal)
  const [old, half] = await Promise.all([good, revision].map((one) => renderedRevision(helm, place, one, signal)))
  if (!old || !half) throw new Error(`Helm does not say what the revisions ${good} and ${revision} have`)
  const [desired, ofHalf, hooks] = await Promise.all([
    locate(
      client,
      old.objects.map((object) => withHelmOwner(object, place)),
      namespace,
    ),
    locate(client, half.objects, namespace),
    locate(client, old.hooks, namespace),
  ])
  const stays = new Set(desired.map(({ ref }) => ref.path))
  const created = ofHalf.filter(({ ref }) => !stays.has(ref.path))
  const resources = [...desired, ...created].map(({ resource }) => resource)
  await assertRepairRights(
    { client, inputs },
    resources,
    hooks.map(({ resource }) => resource),
  )
  const chart = { owner: place, serverSide: old.serverSide }
  const planned = await planObjects(client, desired, namespace, { release, chart })
  const live = await Promise.all(created.map(({ ref }) => orUndefined(client.get(ref.path))))
  const removed = created.filter((_, index) => live[index]).map(({ ref }) => ref)
  const entries: UndoEntry[] = [
    ...planned.flatMap(({ ref, before, after }, index) =>
      before ? [entryFor(ref, after, before, beforeName(lease.name, index))] : [],
    ),
    ...removed.map((ref) => ({ do: 'delete' as const, ref, release })),
  ]
  return {
    release,
    stateBefore,
    entries,
    chart: {
      name: place.name,
      by: 'upgrade',
      ...{ last: revision - 1, good, pending: true, historyMax: historyMax(inputs.keepReleases) },
      dropped: planned.filter(({ before }) => before === undefined).map(({ ref }) => ref),
      claims: removed.filter(({ kind }) => kind === 'PersistentVolumeClaim'),
    },
  }
}

function assertRepairRights(
  { client, inputs }: Pick<Finding, 'client' | 'inputs'>,
  resources: readonly Resource[],
  hooks: readonly Resource[],
): Promise<void> {
  const needed = [...commonRights(inputs), ...rightsOfChart(resources, hooks)]
  const whose = { what: 'the rollback of the Helm release', role: 'belay-restore' }
  return assertRights(client, inputs.namespace, needed, whose)
}
