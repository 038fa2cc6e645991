import {
  type Client,
  currentConnection,
  moveBack,
  type Restored,
  restoreObjects,
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

/**
 * Restores what a release has left: first the traffic that it moved, then the objects, by Helm where it released them, else
 * by their patches.
 */
export async function undoRecord(
  client: Client,
  namespace: string,
  { traffic, fill, entries, chart, release }: Omit<UndoRecord, 'stateBefore'>,
  { signal, info }: Ends,
): Promise<ChartUndone> {
  if (chart) return undoChart(currentConnection(), client, { chart, release, entries, namespace }, { signal, info })
  const moved = traffic ? await moveBack(client, namespace, traffic, signal) : []
  if (moved.some(({ result }) => result === 'failed')) return { restored: moved }
  return { restored: [...moved, ...(await restoreUnserved(client, namespace, { fill, entries }, signal))] }
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
