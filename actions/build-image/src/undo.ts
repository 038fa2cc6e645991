import { messageOf, monotonicSeconds, type TargetOutcome } from '@belay/action-kit'
import { retagCommand } from '@belay/release-model'
import type { Image } from './image.ts'
import { parseImage } from './image.ts'
import type { Registry } from './registry/client.ts'

/** What post needs to restore tags, written to the journal before the first one moves. No secret. */
export interface SavedTags {
  readonly service: string
  /** The repository's name. */
  readonly image: string
  /** What the tags are moved to. */
  readonly digest: string
  /** In the order in which they are moved. */
  readonly moves: readonly SavedMove[]
}

export interface SavedMove {
  readonly tag: string
  readonly kind: 'version' | 'floating'
  /** What the tag named: the whole manifest, because the registry may have removed it by then. Undefined: the tag is new. */
  readonly before?: { readonly digest: string; readonly mediaType: string; readonly body: string } | undefined
}

/** Opens the repository for the undo, until the signal is aborted. */
export type OpenRepository = (image: Image, signal: AbortSignal) => Promise<Registry>

/**
 * Restores every tag that still names what this step gave it. A tag that could not be inspected or restored by `until`
 * (monotonic seconds) is `mixed`, with the command to finish by hand; it does not throw for that.
 */
export async function undoTags(saved: SavedTags, open: OpenRepository, until: number): Promise<TargetOutcome[]> {
  const signal = AbortSignal.timeout(Math.ceil(Math.max(1, until - monotonicSeconds()) * 1000))
  const image = parseImage(saved.image)
  if ('wrong' in image) throw new Error(`the journal has no valid image: "${saved.image}" ${image.wrong}`)
  const opened = open(image, signal)
  return Promise.all(
    saved.moves.map(async (move): Promise<TargetOutcome> => {
      const base = { target: `${saved.image}:${move.tag}`, service: saved.service }
      try {
        return { ...base, ...(await undoTag(await opened, saved, move)) }
      } catch (error) {
        const [why] = messageOf(error).split('\n')
        const command = move.before
          ? ` To restore it by hand: ${retagCommand(saved.image, move.tag, move.before.digest)}`
          : ''
        return { ...base, result: 'mixed', detail: `the tag could not be restored: ${why}${command}` }
      }
    }),
  )
}

async function undoTag(
  registry: Registry,
  { digest }: SavedTags,
  { tag, before }: SavedMove,
): Promise<Pick<TargetOutcome, 'result' | 'detail' | 'stays'>> {
  const now = await registry.manifest(tag)
  if (now?.digest === before?.digest) return { result: 'unchanged', detail: 'it was not moved' }
  if (now?.digest !== digest)
    return { result: 'unchanged', detail: `another job moved it to ${now?.digest ?? 'nothing'}; it was not changed` }
  // Registries delete an image with all its tags, or nothing: a host that still runs this digest would lose its image.
  if (!before) return { result: 'rolled-back', stays: true, detail: `it is new, and names ${digest}` }
  await registry.put(tag, { ...before, body: Buffer.from(before.body, 'base64') })
  return { result: 'rolled-back', detail: `back to ${before.digest}` }
}
