import { Failure } from '@belay/action-kit'
import {
  ApiError,
  assertHeld,
  type Client,
  changesBetween,
  isEqual,
  type KubeObject,
  openState,
  refName,
  type UndoEntry,
  withStored,
} from '@belay/kubernetes'
import type { PlannedObject } from './plan.ts'
import type { SavedRelease } from './saved.ts'

/** What others read comes first, what sends them traffic last. */
const waves: readonly (readonly string[])[] = [
  ['ServiceAccount', 'ConfigMap', 'Secret', 'PersistentVolumeClaim'],
  ['Service'],
  ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'],
]

function waveOf({ ref }: PlannedObject): number {
  const found = waves.findIndex((kinds) => kinds.includes(ref.kind))
  return found < 0 ? waves.length : found
}

/** Applies all objects, those of a wave at the same time; what the server stored goes into the undo at once. */
export async function applyAll(
  client: Client,
  planned: readonly PlannedObject[],
  saved: SavedRelease,
  save: () => void,
  signal: AbortSignal,
): Promise<void> {
  for (let wave = 0; wave <= waves.length; wave++) {
    const some = planned.flatMap((object, index) => (waveOf(object) === wave ? [{ object, index }] : []))
    if (some.length === 0) continue
    await assertHeld(client, saved.lease, openState(saved.release))
    signal.throwIfAborted()
    // All of them are awaited: an apply under way must not come after the undo.
    const ended = await Promise.allSettled(
      some.map(async ({ object, index }) => {
        const stored = await applyOne(client, object)
        const entries: UndoEntry[] = [...saved.entries]
        entries[index] = withStored(entries[index] as UndoEntry, stored)
        saved.entries = entries
      }),
    )
    save()
    const failed = ended.find((one) => one.status === 'rejected')
    if (failed) throw failed.reason
  }
}

async function applyOne(client: Client, { ref, send, force, before }: PlannedObject): Promise<KubeObject> {
  try {
    if ('patch' in send) return await client.patch(ref.path, send.patch)
    if (force && before) return await applyForced(client, ref.path, send.apply, before)
    return await client.apply(ref.path, send.apply)
  } catch (error) {
    if (!(error instanceof ApiError) || ![400, 403, 409, 422].includes(error.status)) throw error
    throw new Failure(
      error.status === 409 ? 'conflict' : 'invalid',
      `${refName(ref)} was refused after the server had accepted it in the dry-run: ${error.message}`,
      'release again: somebody has changed the object or the rules since.',
    )
  }
}

const attempts = 5

/** Takes fields over from Belay's own managers, and from no other one: only where the object is as the plan found it. */
async function applyForced(client: Client, path: string, body: KubeObject, before: KubeObject): Promise<KubeObject> {
  for (let attempt = 1; ; attempt++) {
    const live = await client.get(path)
    if (!isEqual(changesBetween(before, live), []))
      throw new ApiError(409, 'Conflict', 'somebody has changed it since the plan was made')
    const { resourceVersion = '' } = live.metadata
    try {
      return await client.apply(path, { ...body, metadata: { ...body.metadata, resourceVersion } }, { force: true })
    } catch (error) {
      // Its status was written in between.
      if (!(error instanceof ApiError) || error.status !== 409 || attempt === attempts) throw error
    }
  }
}
