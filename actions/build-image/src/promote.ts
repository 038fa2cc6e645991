import { Failure, Interrupted, type MainOutcome } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import { isKeptRelease, type Release, retagCommand, type TagsBefore } from '@belay/release-model'
import { isTag } from './image.ts'
import type { PromoteInputs } from './inputs.ts'
import { revisionsOf } from './inspect.ts'
import { highestFor, type Move, planPromotion, reasonToKeep, shaTag } from './plan.ts'
import type { Registry } from './registry/client.ts'
import type { Manifest } from './registry/manifest.ts'
import { type ImageStep, openRepository } from './repository.ts'
import type { SavedMove } from './undo.ts'

/** Gives the release's digest its version tag, then moves the floating tags of that version, `latest` last. */
export async function promote(inputs: PromoteInputs, step: ImageStep): Promise<MainOutcome> {
  const { release, back } = await releaseOf(inputs, step)
  const late = AbortSignal.timeout(inputs.deadline * 1000)
  const signal = AbortSignal.any([step.signal, late])
  try {
    return await promoteIn(inputs, release, back, step, signal)
  } catch (error) {
    if (step.signal.aborted) throw new Interrupted()
    if (late.aborted)
      throw new Failure(
        'deadline',
        `The tags were not moved within the deadline of ${inputs.deadline} s.`,
        'run the job again.',
      )
    throw error
  }
}

/**
 * The release of the job; after a rollback, the kept release that the job rolled back to.
 * @throws Failure `nothing-chosen` if only the hosts know the version, and no step asked them
 */
async function releaseOf(
  { release: requested, github }: PromoteInputs,
  step: ImageStep,
): Promise<{ release: Release; back: boolean }> {
  const release = await joinReleaseOfVersion(step, requested, github)
  const chosen = step.journal.read().chosen.findLast(({ service }) => service === release.service)?.release
  if (chosen) return { release: { ...release, version: chosen.version, sha: chosen.sha }, back: true }
  if (!isKeptRelease(requested.version)) return { release, back: false }
  throw new Failure(
    'nothing-chosen',
    `version is "${requested.version}", but no step of this job has rolled back to a release of ${release.service}. Only the hosts know its image.`,
    'put this step after the one that rolls back, in the same job, with the same service; or give the tag as version.',
  )
}

async function promoteIn(
  inputs: PromoteInputs,
  release: Release,
  back: boolean,
  step: ImageStep,
  signal: AbortSignal,
): Promise<MainOutcome> {
  const { image, login, dryRun } = inputs
  const registry = await openRepository(image, login, { writes: !dryRun, step, signal })
  const manifest = await findImage(registry, inputs, release)
  step.output('ref', `${image.name}@${manifest.digest}`)
  step.output('digest', manifest.digest)
  const { moves, kept } = planPromotion(release.version, await registry.tags(), inputs.tags, back)
  for (const { tag, why } of kept) step.info(`${tag} is not moved: ${why}.`)
  const saved = await inspectTags(registry, inputs, moves, manifest)
  reportMoves(inputs, manifest, moves, saved, step)
  if (dryRun) return { result: 'unchanged' }
  if (saved.length === 0) return { result: 'noop' }
  step.save({ service: release.service, image: image.name, digest: manifest.digest, moves: saved })
  for (const one of saved)
    await moveTag(one, manifest, { registry, image, version: release.version, back, step, signal })
  return { result: 'pending' }
}

/** The tested image: the digest from the inputs, else what the commit's own tag names. */
async function findImage(registry: Registry, { image, digest }: PromoteInputs, { sha }: Release): Promise<Manifest> {
  const reference = digest || shaTag(sha)
  const manifest = await registry.manifest(reference)
  if (!manifest)
    throw new Failure(
      'not-built',
      `${image.name} has no image ${reference}.`,
      'build and push that commit first, with this action. The registry may have removed an old image.',
    )
  const revisions = await revisionsOf(registry, manifest)
  if (revisions.join() !== sha)
    throw new Failure(
      'other-commit',
      `${image.name}@${manifest.digest} was built from ${revisions.join(', ') || 'an unknown commit'}, not from ${sha}.`,
      'give the digest of the image of this commit, or leave digest empty.',
    )
  return manifest
}

/**
 * What each tag that has to move names now.
 * @throws Failure `tag-exists` if the version names another image
 */
async function inspectTags(
  registry: Registry,
  { image, ifExists }: PromoteInputs,
  moves: readonly Move[],
  manifest: Manifest,
): Promise<SavedMove[]> {
  const inspected = await Promise.all(moves.map(async (move) => ({ ...move, now: await registry.manifest(move.tag) })))
  for (const { tag, kind, now } of inspected) {
    if (kind !== 'version' || !now || ifExists === 'overwrite') continue
    if (ifExists === 'reuse' && now.digest === manifest.digest) continue
    throw new Failure(
      'tag-exists',
      `${image.name}:${tag} exists already and names ${now.digest}; this release is ${manifest.digest}.`,
      'a version names one image permanently. Release a new version, or give if-exists: overwrite.',
    )
  }
  return inspected
    .filter(({ now }) => now?.digest !== manifest.digest)
    .map(({ tag, kind, now }) => ({
      tag,
      kind,
      before: now && { digest: now.digest, mediaType: now.mediaType, body: now.body.toString('base64') },
    }))
}

/** What the moves of one promotion have in common. */
interface Promotion {
  readonly registry: Registry
  readonly image: PromoteInputs['image']
  readonly version: string
  /** The job rolls back: a lower version is wanted. */
  readonly back: boolean
  readonly step: ImageStep
  readonly signal: AbortSignal
}

/**
 * Moves one tag. No registry can compare and set, so the tags are read again after the move. If a higher version was
 * promoted in between, the tag moves to that one, whichever promotion wrote last.
 */
async function moveTag(
  { tag, kind }: SavedMove,
  manifest: Manifest,
  { registry, image, version, back, step, signal }: Promotion,
): Promise<void> {
  signal.throwIfAborted()
  step.record({ event: 'phase', phase: `tag ${tag}` })
  await registry.put(tag, manifest)
  if (kind === 'version' || back) return
  const known = await registry.tags()
  const why = reasonToKeep(tag, version, known)
  const higher = why && highestFor(tag, known)
  const higherManifest = higher && isTag(higher) ? await registry.manifest(higher) : undefined
  if (!higherManifest) return
  await registry.put(tag, higherManifest)
  step.warn(`${image.name}:${tag} now names ${higher}: that higher version was promoted at the same time.`)
}

function reportMoves(
  { image, dryRun }: PromoteInputs,
  { digest }: Manifest,
  moves: readonly Move[],
  saved: readonly SavedMove[],
  step: ImageStep,
): void {
  const tags = moves.map(({ tag }) => tag)
  step.output('tags', JSON.stringify(tags))
  step.output('tags-before', tagsBefore(image.name, digest, saved))
  if (saved.length === 0)
    step.info(tags.length === 0 ? 'No tag has to move.' : `${tags.join(', ')}: already at ${digest}.`)
  // If the runner is lost, so is its journal; the job log stays.
  for (const { tag, before } of saved) {
    step.info(`${dryRun ? 'Would move' : 'Moves'} ${tag} from ${before?.digest ?? 'nothing'} to ${digest}.`)
    if (before) step.info(`  To restore it by hand: ${retagCommand(image.name, tag, before.digest)}`)
  }
  const rows = saved.map(({ tag, before }) => `| \`${tag}\` | ${before ? `\`${before.digest}\`` : 'new'} |`)
  const head = `**build-image: ${dryRun ? 'would promote' : 'promotes'}** \`${image.name}@${digest}\``
  step.summary(
    rows.length === 0 ? `${head}: nothing to move.` : [head, '', '| tag | before |', '|---|---|', ...rows].join('\n'),
  )
}

/** What the moved floating tags named before; empty if none named anything. A version's tag stays. */
function tagsBefore(image: string, digest: string, saved: readonly SavedMove[]): string {
  const tags = saved.flatMap(({ tag, kind, before }) =>
    kind === 'floating' && before ? [{ tag, digest: before.digest }] : [],
  )
  const before: TagsBefore = { image, digest, tags }
  return tags.length > 0 ? JSON.stringify(before) : ''
}
