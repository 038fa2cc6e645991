import { messageOf } from '@belay/action-kit'
import { ApiError, type Client, type DroppedObject, orUndefined, ownerOf, refName } from '@belay/kubernetes'
import type { PlannedObject } from './plan.ts'

/** Those of the dropped objects that are still there, and that no other tool has taken over. */
export async function stillThere(
  client: Client,
  dropped: readonly DroppedObject[],
  planned: readonly PlannedObject[],
  info: (text: string) => void,
): Promise<DroppedObject[]> {
  // One object may have two names: a kind that has moved to another group.
  const wanted = new Set(planned.map(({ before }) => before?.metadata.uid))
  const found = await Promise.all(
    dropped.map(async (one) => {
      if (wanted.has(one.uid)) return []
      try {
        const live = await orUndefined(client.get(one.ref.path))
        if (!live || live.metadata.deletionTimestamp !== undefined) return []
        const owner = ownerOf(live)
        if (live.metadata.uid === one.uid && owner === undefined) return [one]
        info(
          `${refName(one.ref)} was dropped, and is left alone: ${owner ? `it belongs to ${owner}` : 'somebody made it anew'}.`,
        )
        return []
      } catch (error) {
        // Its removal will say the same, and name it.
        if (error instanceof ApiError && error.status === 403) return [one]
        throw error
      }
    }),
  )
  return found.flat()
}

/** Deletes what the release dropped: these very objects. What cannot be deleted is named. Never throws. */
export async function prune(
  client: Client,
  namespace: string,
  dropped: readonly DroppedObject[],
  { info, warn }: { info(text: string): void; warn(text: string): void },
): Promise<void> {
  await Promise.all(
    dropped.map(async ({ ref, uid }) => {
      try {
        await orUndefined(client.remove(ref.path, { uid, propagation: 'Background' }))
        info(`${refName(ref)} was dropped by this release, and is deleted.`)
      } catch (error) {
        warn(
          `${refName(ref)} was dropped by this release, and could not be deleted: ${messageOf(error)}. The next release tries again; by hand: kubectl delete ${refName(ref)} -n ${namespace}`,
        )
      }
    }),
  )
}
