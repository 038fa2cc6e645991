import {
  type Client,
  currentConnection,
  moveBack,
  type Restored,
  restoreObjects,
  type SavedChart,
  type SlotFill,
  slotsOfServices,
  type UndoEntry,
  type UndoRecord,
} from '@belay/kubernetes'
import { type ChartUndone, undoChart } from './chart/undo.ts'

/** How a restoration ends, and where it says what it does. */
interface Ends {
  readonly signal: AbortSignal
  readonly info: (text: string) => void
}

/** Restores what a job that is gone has left open: first the traffic that it moved, then the objects. */
export async function undoRecord(
  client: Client,
  namespace: string,
  { traffic, fill, entries, chart, release }: UndoRecord,
  { signal, info }: Ends,
): Promise<ChartUndone> {
  const undo = { chart, release, entries, fill, namespace }
  const moved = traffic ? await moveBack(client, namespace, traffic, signal) : []
  if (moved.some(({ result }) => result === 'failed')) return { restored: moved }
  const done = await restoreRelease(client, undo, { signal, info })
  return 'stays' in done ? done : { restored: [...moved, ...done.restored] }
}

/** What a release has left. */
type LeftRelease = Pick<UndoRecord, 'release' | 'entries'> & {
  readonly chart: SavedChart | undefined
  readonly fill: SlotFill | undefined
  readonly namespace: string
}

/** Restores the objects of a release: by Helm where it released them, else by their patches. */
export async function restoreRelease(client: Client, left: LeftRelease, ends: Ends): Promise<ChartUndone> {
  const { chart, release, entries, fill, namespace } = left
  if (chart) return undoChart(currentConnection(), client, { chart, release, entries, namespace }, ends)
  return { restored: await restoreUnserved(client, namespace, { fill, entries }, ends.signal) }
}

/**
 * Restores the objects of a release. What has traffic keeps running (rule 11): with slots nothing is restored while a
 * Service leads to the slot that was filled.
 */
async function restoreUnserved(
  client: Client,
  namespace: string,
  { fill, entries }: { readonly fill?: SlotFill | undefined; readonly entries: readonly UndoEntry[] },
  signal: AbortSignal,
): Promise<Restored[]> {
  const there = fill ? await slotsOfServices(client, namespace, fill.services) : []
  const serving = there.filter(({ slot }) => slot !== undefined && slot === fill?.idle)
  if (serving.length === 0) return restoreObjects(client, namespace, entries, signal)
  const detail = `leads to slot ${fill?.idle}, so both slots stay as they are`
  return serving.map(({ ref }) => ({ ref, result: 'foreign', detail }))
}
