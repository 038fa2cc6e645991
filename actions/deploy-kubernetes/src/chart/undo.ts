import { messageOf, sleep } from '@belay/action-kit'
import {
  type Client,
  type Connection,
  digestOfValue,
  type Helm,
  type HelmRevision,
  helmFailure,
  isEqual,
  makerOf,
  type ObjectRef,
  orUndefined,
  planChartUndo,
  type Restored,
  readHistory,
  refName,
  type SavedChart,
  type UndoEntry,
  valueAt,
} from '@belay/kubernetes'

/** What the release has left, and where. */
export interface ChartToUndo {
  readonly chart: SavedChart
  /** The release that made the revision. */
  readonly release: string
  readonly namespace: string
  readonly entries: readonly UndoEntry[]
}

/** What Helm's undo came to: what each object is by now; or, as `stays`, why nothing was undone. */
export type ChartUndone =
  | { readonly restored: readonly Restored[] }
  | { readonly stays: 'superseded' | 'mixed'; readonly detail: string }

type Ends = { readonly signal: AbortSignal; readonly info: (text: string) => void }

/**
 * Goes back to the revision that was live before, as long as the last one is ours, and compares the objects with what they
 * were: Helm's own undo may leave a field. May be called again, and after a kill at any point.
 * @throws Failure `helm-failed` where Helm did not get through, so that it can be tried again
 */
export async function undoChart(
  connection: Connection,
  client: Client,
  undo: ChartToUndo,
  ends: Ends,
): Promise<ChartUndone> {
  const { chart, release, namespace, entries } = undo
  const { signal } = ends
  const helm = await connection.helm(signal)
  const place = { name: chart.name, namespace }
  const history = await readHistory(helm, place, signal)
  const isOurs = chart.pending ?? (await makerOf(helm, place, chart.last + 1, signal)) === release
  const plan = planChartUndo(chart, history, isOurs)
  if (plan === 'superseded') return { stays: 'superseded', detail: supersededBy(chart, history) }
  const claims = plan === 'uninstall' ? await claimsOf(client, chart) : []
  if (claims.length > 0)
    return {
      stays: 'mixed',
      detail: `${claims.map(refName).join(', ')} may hold data, and an uninstall would delete it: the Helm release ${chart.name} stays as the failed release left it. By hand: ${commandOf(chart, namespace)}`,
    }
  if (plan === 'rollback') await rollBack(helm, client, undo, ends)
  if (plan === 'uninstall') await uninstall(helm, client, undo, ends)
  const restored = await Promise.all(entries.map((entry) => compare(client, entry)))
  return { restored: [...restored, ...(await Promise.all(chart.dropped.map((ref) => compareDropped(client, ref))))] }
}

/** The chart's volume claims that are there. */
async function claimsOf(client: Client, { claims }: SavedChart): Promise<ObjectRef[]> {
  return (await Promise.all(claims.map(async (ref) => ((await isThere(client, ref)) ? [ref] : [])))).flat()
}

/** The command by which a person undoes it. Pure. */
export function commandOf({ name, good }: SavedChart, namespace: string): string {
  return `helm ${good === 0 ? `uninstall ${name}` : `rollback ${name} ${good}`} --namespace ${namespace}`
}

function supersededBy({ name, last, pending }: SavedChart, history: readonly HelmRevision[]): string {
  const newest = history.at(-1)
  if (!newest) return `somebody uninstalled the Helm release ${name}, so nothing was undone`
  if (pending)
    return `the Helm release ${name} is ${newest.status} at revision ${newest.revision} by now, so nothing was undone`
  return `the Helm release ${name} is at revision ${newest.revision} of somebody else (${newest.description}), and ours was ${last + 1}: nothing was undone`
}

async function rollBack(
  helm: Helm,
  client: Client,
  { chart, namespace, entries }: ChartToUndo,
  ends: Ends,
): Promise<void> {
  const { name, good, historyMax } = chart
  const created = new Set(entries.flatMap((entry) => (entry.do === 'delete' ? [entry.ref.path] : [])))
  for (const ref of chart.claims) if (created.has(ref.path)) await keepClaim(client, ref, ends)
  const { status, errors } = await helm.run(
    [
      ...['rollback', name, String(good), '--namespace', namespace],
      ...['--server-side=auto', '--wait=hookOnly', '--history-max', String(historyMax)],
    ],
    { signal: ends.signal, timeoutMs: longestMs },
  )
  if (status !== 0)
    throw helmFailure(`helm rollback of ${name} to revision ${good} failed`, errors, commandOf(chart, namespace))
  ends.info(`The Helm release ${name} was rolled back to revision ${good}.`)
}

/** An undo has a signal of its own, which ends it earlier. */
const longestMs = 600_000

/** Helm leaves what has this annotation. */
async function keepClaim(client: Client, ref: ObjectRef, { signal, info }: Ends): Promise<void> {
  const live = await orUndefined(client.get(ref.path, {}, signal))
  if (!live) return
  const name = '/metadata/annotations/helm.sh~1resource-policy'
  await client.patch(ref.path, [{ op: 'add', path: name, value: 'keep' }], { signal })
  info(`${refName(ref)} was created and is kept, because it may hold data.`)
}

async function uninstall(
  helm: Helm,
  client: Client,
  { chart, namespace, entries }: ChartToUndo,
  ends: Ends,
): Promise<void> {
  const { name, last } = chart
  // Where there was a history before, it stays.
  const history = last > 0 ? ['--keep-history'] : []
  const { status, errors } = await helm.run(['uninstall', name, '--namespace', namespace, ...history], {
    signal: ends.signal,
    timeoutMs: longestMs,
  })
  if (status !== 0) throw helmFailure(`helm uninstall of ${name} failed`, errors, commandOf(chart, namespace))
  ends.info(`The Helm release ${name} was uninstalled.`)
  // Helm asks for their end, and does not wait for it.
  for (let tries = 0; tries < 20 && !ends.signal.aborted; tries++) {
    const there = await Promise.all(entries.map(({ ref }) => isThere(client, ref)))
    if (!there.includes(true)) return
    await sleep(250, ends.signal)
  }
}

async function isThere(client: Client, ref: ObjectRef): Promise<boolean> {
  const live = await orUndefined(client.get(ref.path))
  return live !== undefined && live.metadata.deletionTimestamp === undefined
}

/** Whether an object is as it was. It is compared, and not patched: what Helm left is Helm's. */
async function compare(client: Client, entry: UndoEntry): Promise<Restored> {
  const { ref } = entry
  try {
    const live = await orUndefined(client.get(ref.path))
    const isGone = !live || live.metadata.deletionTimestamp !== undefined
    if (entry.do === 'delete') {
      if (isGone) return { ref, result: 'removed', detail: 'was created, and is removed' }
      return live.metadata.annotations?.['helm.sh/resource-policy'] === 'keep'
        ? { ref, result: 'kept', detail: 'was created and is kept, because it may hold data' }
        : { ref, result: 'foreign', detail: 'was created, and is still there' }
    }
    if (isGone) return { ref, result: 'foreign', detail: 'is not there any more' }
    const left = entry.fields.filter((field) => {
      const now = valueAt(live, field.path)
      return field.sealed ? digestOfValue(now) === field.sealed.left : !isEqual(now, field.saved)
    })
    if (left.length > 0)
      return { ref, result: 'foreign', detail: `is not as before in ${left.map(({ path }) => path).join(', ')}` }
    return entry.fields.length > 0
      ? { ref, result: 'restored', detail: 'is as before' }
      : { ref, result: 'as-before', detail: 'was as before' }
  } catch (error) {
    return { ref, result: 'failed', detail: messageOf(error) }
  }
}

async function compareDropped(client: Client, ref: ObjectRef): Promise<Restored> {
  return (await isThere(client, ref))
    ? { ref, result: 'restored', detail: 'was dropped, and is there again' }
    : { ref, result: 'foreign', detail: 'was dropped by the release, and is not there again' }
}
