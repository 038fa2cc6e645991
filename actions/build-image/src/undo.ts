import { messageOf, monotonicSeconds, type TargetOutcome } from '@belay/action-kit'
import { retagCommand } from '@belay/release-model'
import type { Image } from './image.ts'
import { parseImage } from './image.ts'
import type { Registry } from './registry/client.ts'

/** What post needs to put tags back, written to the journal before the first is moved. No secret. */
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
  /** What it named: the manifest itself, for its registry may have forgotten it by then. Undefined: it was not there. */
  readonly before?: { readonly digest: string; readonly mediaType: string; readonly body: string } | undefined
}

/** Who opens the repository for the undo, until the signal is aborted. */
export type OpenRepository = (image: Image, signal: AbortSignal) => Promise<Registry>

/**
 * Puts every tag back to what it named, if it still names what this step gave it. Never throws: what could not be looked
 * at by `until` (monotonic seconds) is `mixed`, with the command to finish by hand.
 */
export async function undoTags(saved: SavedTags, open: OpenRepository, until: number): Promise<TargetOutcome[]> {
  const signal = AbortSignal.timeout(Math.ceil(Math.max(1, until - monotonicSeconds()) * 1000))
  const image = parseImage(saved.image)
  if ('wrong' in image) throw new Error(`the journal has no image: "${saved.image}" ${image.wrong}`)
  const opened = open(image, signal)
  return Promise.all(
    saved.moves.map(async (move): Promise<TargetOutcome> => {
      const base = { target: `${saved.image}:${move.tag}`, service: saved.service }
      try {
        return { ...base, ...(await undoTag(await opened, saved, move)) }
      } catch (error) {
        const [why] = messageOf(error).split('\n')
        const command = move.before ? ` Put it back: ${retagCommand(saved.image, move.tag, move.before.digest)}` : ''
        return { ...base, result: 'mixed', detail: `nobody could put it back: ${why}${command}` }
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
    return { result: 'unchanged', detail: `somebody else moved it to ${now?.digest ?? 'nothing'}; it is left alone` }
  // Registries delete an image with all its tags, or nothing: what still runs by this digest would lose its image.
  if (!before) return { result: 'rolled-back', stays: true, detail: `new, and it names ${digest}` }
  await registry.put(tag, { ...before, body: Buffer.from(before.body, 'base64') })
  return { result: 'rolled-back', detail: `back to ${before.digest}` }
}
