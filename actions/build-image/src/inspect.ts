import { Failure } from '@belay/action-kit'
import type { Registry } from './registry/client.ts'
import {
  configDigest,
  type ImageConfig,
  indexOf,
  type Manifest,
  normalPlatform,
  platformOf,
} from './registry/manifest.ts'

/** What a registry's manifest holds: one image, or an image for each of several platforms. */
export interface ImageInspection {
  readonly digest: string
  /** The digest of each platform's own manifest, by platform. */
  readonly platforms: Readonly<Record<string, string>>
  /** Provenance or an SBOM lies beside the images. */
  readonly attested: boolean
}

/** The platforms of what a registry has. */
export async function inspectManifest(registry: Registry, manifest: Manifest): Promise<ImageInspection> {
  const index = indexOf(manifest)
  if (!index) {
    const platform = platformOf(await configOf(registry, manifest))
    return { digest: manifest.digest, platforms: { [platform]: manifest.digest }, attested: false }
  }
  const platforms = index.images.map(({ digest, platform = {} }) => [platformOf(platform), digest] as const)
  return { digest: manifest.digest, platforms: Object.fromEntries(platforms), attested: index.attested }
}

/** The commits that the images of a manifest say they were built from; empty text where one says none. */
export async function revisionsOf(registry: Registry, manifest: Manifest): Promise<string[]> {
  const index = indexOf(manifest)
  const images = index ? await Promise.all(index.images.map(({ digest }) => partOf(registry, digest))) : [manifest]
  const configs = await Promise.all(images.map((image) => configOf(registry, image)))
  return [...new Set(configs.map(({ config }) => config?.Labels?.['org.opencontainers.image.revision'] ?? ''))]
}

/** The platforms that were asked for and are not there. */
export function missingPlatforms(inspection: ImageInspection, asked: readonly string[]): string[] {
  return asked.filter((platform) => !(normalPlatform(platform) in inspection.platforms))
}

async function partOf(registry: Registry, digest: string): Promise<Manifest> {
  const part = await registry.manifest(digest)
  if (!part)
    throw new Failure(
      'registry-answer',
      `The registry has no manifest ${digest}, which one of its own names.`,
      'something may have pruned what has no tag: build it anew with if-exists: overwrite, and spare such parts.',
    )
  return part
}

async function configOf(registry: Registry, manifest: Manifest): Promise<ImageConfig> {
  const digest = configDigest(manifest)
  if (digest === undefined)
    throw new Failure(
      'registry-answer',
      `${manifest.digest} is no image: it has no configuration.`,
      'see what was pushed under that tag; give another one.',
    )
  return registry.config(digest)
}
