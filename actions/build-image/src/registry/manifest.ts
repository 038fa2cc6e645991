import { createHash } from 'node:crypto'

export const mediaTypes = {
  index: 'application/vnd.oci.image.index.v1+json',
  list: 'application/vnd.docker.distribution.manifest.list.v2+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
}

/** A manifest, byte for byte as in its registry. */
export interface Manifest {
  readonly digest: string
  readonly mediaType: string
  readonly body: Buffer
}

interface Descriptor {
  readonly mediaType?: string
  readonly digest: string
  readonly platform?: { os?: string; architecture?: string; variant?: string }
  readonly annotations?: Record<string, string>
}

interface ManifestContent {
  readonly manifests?: readonly Descriptor[]
  readonly config?: Descriptor
}

/** The part of an image's configuration that is read here. */
export interface ImageConfig {
  readonly os?: string
  readonly architecture?: string
  readonly variant?: string
  readonly config?: { readonly Labels?: Record<string, string> | null }
}

export function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}

/** The images of an index, and whether it has attestations (provenance, SBOM); undefined: the manifest is one image. */
export function indexOf(manifest: Manifest): { images: readonly Descriptor[]; attested: boolean } | undefined {
  const { manifests } = contentOf(manifest)
  if (!manifests) return undefined
  // BuildKit keeps attestations as entries of the platform unknown/unknown.
  const isAttestation = ({ annotations, platform }: Descriptor) =>
    annotations?.['vnd.docker.reference.type'] === 'attestation-manifest' || platform?.os === 'unknown'
  return { images: manifests.filter((one) => !isAttestation(one)), attested: manifests.some(isAttestation) }
}

/** The digest of a single image's configuration. */
export function configDigest(manifest: Manifest): string | undefined {
  return contentOf(manifest).config?.digest
}

function contentOf({ body }: Manifest): ManifestContent {
  return JSON.parse(body.toString('utf8')) as ManifestContent
}

/** `linux/arm64`, `linux/arm/v7`: as users write it, without the default variant. */
export function platformOf({ os = '', architecture = '', variant = '' }: ImageConfig): string {
  return normalPlatform([os, architecture, variant].filter((part) => part !== '').join('/'))
}

export function normalPlatform(platform: string): string {
  const renamed = platform.replace('/x86_64', '/amd64').replace('/aarch64', '/arm64')
  if (renamed.endsWith('/arm')) return `${renamed}/v7`
  return renamed.replace(/(\/arm64)\/v8$/, '$1').replace(/(\/amd64)\/v1$/, '$1')
}
