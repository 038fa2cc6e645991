import { Failure } from '@belay/action-kit'
import {
  type Helm,
  type HelmOwner,
  type HelmRevision,
  isPending,
  type KubeObject,
  lastGood,
  readHistory,
  refName,
  type SavedChart,
  withHelmOwner,
} from '@belay/kubernetes'
import type { DeployContext } from '../context.ts'
import { type DesiredObject, locate, warnOfFloatingImages } from '../desired.ts'
import { assertReleaseRights } from '../needed-rights.ts'
import { type RenderedChart, renderedRevision } from './render.ts'
import { rightsOfChart } from './rights.ts'

/** What releases a chart, in place of applying its objects one by one. */
export interface ChartChange {
  readonly saved: SavedChart
  readonly owner: HelmOwner
  /** The server applies the objects, and Helm does not merge them itself, as Helm 3 did. */
  readonly serverSide: boolean
  /** It does more than change objects: it drops some, or its hooks differ, which have no state to compare. */
  readonly changesMore: boolean
  /** The Jobs among the hooks. */
  readonly hooks: readonly string[]
  /** What makes the new revision. */
  readonly args: readonly string[]
}

/** `helm.sh/resource-policy: keep` */
function isKept({ metadata }: KubeObject): boolean {
  return metadata.annotations?.['helm.sh/resource-policy'] === 'keep'
}

export interface ChartPlan {
  readonly desired: readonly DesiredObject[]
  readonly change: ChartChange
}

/** How many revisions Helm keeps: those of the kept releases, with failed ones and their undos between them. */
export function historyMax(keepReleases: number): number {
  return 3 * keepReleases
}

/**
 * What Helm would do, for a chart or for a revision of its history. Changes nothing.
 * @throws Failure `helm-pending`, `claim-dropped`, `source`, `cluster-object`
 */
export async function planChart(
  context: DeployContext,
  name: string,
  by: SavedChart['by'],
  render: (helm: Helm) => Promise<{ rendered: RenderedChart; args: readonly string[] }>,
): Promise<ChartPlan> {
  const { client, connection, inputs, signal } = context
  const { namespace } = inputs
  const helm = await connection.helm(signal)
  const history = await readHistory(helm, { name, namespace }, signal)
  assertNotPending(name, namespace, history)
  const { rendered, args } = await render(helm)
  const good = lastGood(history)
  const before = good > 0 ? await renderedRevision(helm, { name, namespace }, good, signal) : undefined
  const owner = { name, namespace }
  const desired = await locate(
    client,
    rendered.objects.map((object) => withHelmOwner(object, owner)),
    namespace,
  )
  // Their kinds are checked as those of the objects are.
  await locate(client, rendered.hooks, namespace)
  warnOfFloatingImages([...rendered.objects, ...rendered.hooks])
  const paths = new Set(desired.map(({ ref }) => ref.path))
  const former = await locate(client, before?.objects.filter((one) => !isKept(one)) ?? [], namespace)
  const dropped = former.filter(({ ref }) => !paths.has(ref.path))
  assertNoClaimDropped(dropped.map(({ ref }) => ref))
  if (dropped.length > 0)
    await assertReleaseRights(
      client,
      namespace,
      rightsOfChart(
        dropped.map(({ resource }) => resource),
        [],
      ),
    )
  const claims = desired.filter(
    (one) => one.ref.kind === 'PersistentVolumeClaim' && 'apply' in one.send && !isKept(one.send.apply),
  )
  return {
    desired,
    change: {
      saved: {
        name,
        by,
        last: history.at(-1)?.revision ?? 0,
        good,
        historyMax: historyMax(inputs.keepReleases),
        dropped: dropped.map(({ ref }) => ref),
        claims: claims.map(({ ref }) => ref),
      },
      owner,
      serverSide: rendered.serverSide,
      changesMore: dropped.length > 0 || rendered.hookText !== (before?.hookText ?? ''),
      hooks: rendered.hooks.filter(({ kind }) => kind === 'Job').map(({ metadata }) => metadata.name),
      args,
    },
  }
}

/** @throws Failure `helm-pending` */
function assertNotPending(name: string, namespace: string, history: readonly HelmRevision[]): void {
  const last = history.at(-1)
  if (!last || !isPending(last)) return
  const good = lastGood(history.slice(0, -1))
  const repair = good === 0 ? `helm uninstall ${name}` : `helm rollback ${name} ${good}`
  throw new Failure(
    'helm-pending',
    `The Helm release ${name} is ${last.status} at revision ${last.revision}, which Belay did not make: another helm works on it, or was killed. Nothing was changed.`,
    `if no helm works on it any more: ${good === 0 ? '' : `run \`command: restore\` with \`helm-release: ${name}\`, or by hand: `}${repair} --namespace ${namespace}`,
  )
}

/** Helm deletes what a chart drops at once, and no undo brings data back. @throws Failure `claim-dropped` */
function assertNoClaimDropped(dropped: readonly { readonly kind: string; readonly name: string }[]): void {
  const claims = dropped.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  if (claims.length === 0) return
  throw new Failure(
    'claim-dropped',
    `The chart has ${claims.map(refName).join(', ')} no more, so Helm would delete it with its data. Nothing was changed.`,
    'give it the annotation helm.sh/resource-policy: keep in a release before this one, or leave it in the chart.',
  )
}
