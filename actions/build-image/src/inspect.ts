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

/** The content of a manifest: one image, or one image for each platform. */
export interface ImageInspection {
  readonly digest: string
  /** The digest of each platform's own manifest, by platform. */
  readonly platforms: Readonly<Record<string, string>>
  /** The index also has provenance or an SBOM. */
  readonly attested: boolean
}

/** Reads the platforms of a manifest. */
export async function inspectManifest(registry: Registry, manifest: Manifest): Promise<ImageInspection> {
  const index = indexOf(manifest)
  if (!index) {
    const platform = platformOf(await configOf(registry, manifest))
    return { digest: manifest.digest, platforms: { [platform]: manifest.digest }, attested: false }
  }
  const platforms = index.images.map(({ digest, platform = {} }) => [platformOf(platform), digest] as const)
  return { digest: manifest.digest, platforms: Object.fromEntries(platforms), attested: index.attested }
}

/** The commits that the labels of a manifest's images name; empty text for an image without that label. */
export async function revisionsOf(registry: Registry, manifest: Manifest): Promise<string[]> {
  const index = indexOf(manifest)
  const images = index ? await Promise.all(index.images.map(({ digest }) => partOf(registry, digest))) : [manifest]
  const configs = await Promise.all(images.map((image) => configOf(registry, image)))
  return [...new Set(configs.map(({ config }) => config?.Labels?.['org.opencontainers.image.revision'] ?? ''))]
}

/** The requested platforms that the image does not have. */
export function missingPlatforms(inspection: ImageInspection, requested: readonly string[]): string[] {
  return requested.filter((platform) => !(normalPlatform(platform) in inspection.platforms))
}

async function partOf(registry: Registry, digest: string): Promise<Manifest> {
  const part = await registry.manifest(digest)
  if (!part)
    throw new Failure(
      'registry-answer',
      `The registry has no manifest ${digest}, although one of its manifests refers to it.`,
      'a clean-up may have removed manifests without a tag. Build the image again with if-exists: overwrite, and exclude such manifests from the clean-up.',
    )
  return part
}

async function configOf(registry: Registry, manifest: Manifest): Promise<ImageConfig> {
  const digest = configDigest(manifest)
  if (digest === undefined)
    throw new Failure(
      'registry-answer',
      `${manifest.digest} is not an image: it has no configuration.`,
      'check what was pushed under that tag, or give another tag.',
    )
  return registry.config(digest)
}
