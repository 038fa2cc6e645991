import { Failure } from '@belay/action-kit'
import type { Commit } from './commit.ts'
import type { BuildInputs } from './inputs.ts'
import { type ImageInspection, inspectManifest, missingPlatforms, revisionsOf } from './inspect.ts'
import type { BuildPlan } from './plan.ts'
import type { Registry } from './registry/client.ts'
import type { Manifest } from './registry/manifest.ts'

/** The image that tags of the plan name already. */
export interface Existing {
  readonly manifest: Manifest
  readonly inspection: ImageInspection
  /** Tags of the plan that do not name it yet. */
  readonly missing: readonly string[]
}

/**
 * The image that an earlier run pushed and that need not be built; undefined if a build is needed.
 * @throws Failure `tag-exists` if a permanent tag names another image
 */
export async function findExisting(
  registry: Registry,
  { image, ifExists, platforms }: BuildInputs,
  plan: BuildPlan,
  commit: Commit,
): Promise<Existing | undefined> {
  if (ifExists === 'overwrite') return undefined
  const found = await Promise.all(plan.tags.map(async (tag) => ({ tag, manifest: await registry.manifest(tag) })))
  const there = found.flatMap(({ tag, manifest }) => (manifest ? [{ tag, manifest }] : []))
  // The moving tag counts too if it is the only one: its build may be of this very merge.
  const fixed = there.filter(({ tag }) => tag !== plan.moving)
  const [first, ...others] = fixed.length > 0 ? fixed : there
  if (!first) return undefined
  const refuse = (what: string) =>
    new Failure(
      'tag-exists',
      `${image.name} has ${what}`,
      'a tag names one build permanently. Give another tag, or if-exists: overwrite to replace this one.',
    )
  if (ifExists === 'fail') throw refuse(`the tag ${there.map(({ tag }) => tag).join(', ')} already.`)
  const other = others.find(({ manifest }) => manifest.digest !== first.manifest.digest)
  if (other) throw refuse(`two builds of this commit: ${first.tag} and ${other.tag} name different images.`)

  const revisions = await revisionsOf(registry, first.manifest)
  if (revisions.join() !== commit.sha) {
    if (first.tag === plan.moving) return undefined
    const said = revisions.filter((one) => one !== '').join(', ') || 'no commit'
    throw refuse(`the tag ${first.tag} already, built from ${said}, not from ${commit.sha}.`)
  }
  const inspection = await inspectManifest(registry, first.manifest)
  const lacking = missingPlatforms(inspection, platforms)
  if (lacking.length > 0) throw refuse(`the tag ${first.tag} already, without ${lacking.join(', ')}.`)
  return {
    manifest: first.manifest,
    inspection,
    missing: found.filter(({ manifest }) => manifest?.digest !== first.manifest.digest).map(({ tag }) => tag),
  }
}
