import { Failure, sleep } from '@belay/action-kit'
import type { Built } from './drivers/driver.ts'
import { type ImageInspection, inspectManifest, missingPlatforms } from './inspect.ts'
import type { Registry } from './registry/client.ts'
import { configDigest, type Manifest } from './registry/manifest.ts'

/** A registry may need a moment to show what was just pushed. */
const readAttempts = 4

/**
 * Verifies that every tag names the digest that the engine reported, with every requested platform.
 * @throws Failure `not-verified`
 */
export async function verify(
  registry: Registry,
  tags: readonly string[],
  built: Pick<Built, 'digest' | 'configDigest'>,
  platforms: readonly string[],
  signal: AbortSignal,
): Promise<ImageInspection> {
  const found = await Promise.all(tags.map((tag) => awaitTag(registry, tag, signal)))
  const [first] = found
  for (const [index, manifest] of found.entries()) {
    const wrong = first && mismatchOf(manifest, first, built)
    if (wrong) throw notVerified(`The tag ${tags[index]} ${wrong}; another job may have pushed it at the same time.`)
  }
  if (!first) throw notVerified('No tag was pushed that could be verified.')
  const inspection = await inspectManifest(registry, first)
  const lacking = missingPlatforms(inspection, platforms)
  if (lacking.length > 0)
    throw notVerified(
      `${inspection.digest} was pushed without ${lacking.join(', ')}; it has ${Object.keys(inspection.platforms)}.`,
    )
  return inspection
}

function mismatchOf(
  manifest: Manifest,
  first: Manifest,
  built: Pick<Built, 'digest' | 'configDigest'>,
): string | undefined {
  const expected = built.digest ?? first.digest
  if (manifest.digest !== expected) return `names ${manifest.digest}, not ${expected}`
  const names = [configDigest(manifest), manifest.digest]
  if (built.digest === undefined && !names.includes(built.configDigest))
    return `names ${names.find((name) => name !== undefined)}, not the ${built.configDigest} that was built`
  return undefined
}

async function awaitTag(registry: Registry, tag: string, signal: AbortSignal): Promise<Manifest> {
  for (let attempt = 1; ; attempt++) {
    const manifest = await registry.manifest(tag)
    if (manifest) return manifest
    if (attempt === readAttempts || signal.aborted)
      throw notVerified(`The tag ${tag} was pushed, but the registry does not have it.`)
    await sleep(attempt * 500, signal)
  }
}

function notVerified(text: string): Failure {
  return new Failure(
    'not-verified',
    text,
    'run the job again: it inspects the tags in the registry before it builds anything.',
  )
}
