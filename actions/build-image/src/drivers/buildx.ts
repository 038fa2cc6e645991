import { readFileSync } from 'node:fs'
import { type BuildRequest, pairArguments, secretArguments } from '../build-request.ts'
import { checksIn } from '../checks.ts'
import type { Built, Docker, Driver } from './driver.ts'

/** The kind of a builder: `docker` is the daemon's own BuildKit, `other` a BuildKit beside it. */
export type BuilderKind = 'docker' | 'other'

/** The kind of the builder in the output of `docker buildx inspect`. */
export function builderKind(inspected: string): BuilderKind {
  return /^Driver:\s*docker\s*$/m.test(inspected) ? 'docker' : 'other'
}

/** `docker buildx build`. It writes digests and warnings to `metadataFile`. */
export function buildxDriver(docker: Docker, kind: BuilderKind, metadataFile: string): Driver {
  return {
    name: 'buildx',
    limits: (request) => buildxLimits(request, kind),
    async build(request) {
      const { args, env } = buildxArguments(request, kind, metadataFile)
      const result = await docker(args, { env })
      return result.ok ? { ...result, built: builtOf(readFileSync(metadataFile, 'utf8')) } : result
    },
  }
}

export function buildxArguments(
  request: BuildRequest,
  kind: BuilderKind,
  metadataFile: string,
): { args: string[]; env: Record<string, string> } {
  const secrets = secretArguments(request.secrets)
  const args = [
    ...['buildx', 'build', '--progress=plain', '--metadata-file', metadataFile],
    ...outputArguments(request, kind),
    ...request.refs.flatMap((ref) => ['--tag', ref]),
    ...(request.file ? ['--file', request.file] : []),
    ...(request.target ? ['--target', request.target] : []),
    ...(request.platforms.length > 0 ? ['--platform', request.platforms.join(',')] : []),
    ...pairArguments('--build-arg', request.buildArgs),
    ...pairArguments('--label', request.labels),
    ...secrets.args,
    ...request.cacheFrom.flatMap((cache) => ['--cache-from', cache]),
    ...request.cacheTo.flatMap((cache) => ['--cache-to', ignoringErrors(cache)]),
    ...attestationArguments(request),
    request.context,
  ]
  const env = {
    ...secrets.env,
    BUILDX_METADATA_WARNINGS: '1',
    BUILDX_METADATA_PROVENANCE: 'disabled',
    // It becomes a build argument of that name, and the time in the image's configuration.
    ...(request.epoch !== undefined && { SOURCE_DATE_EPOCH: String(request.epoch) }),
  }
  return { args, env }
}

/**
 * Times of files follow the commit too, if the builder supports it. The daemon's own builder refuses the option with its
 * containerd store, and ignores it silently with the older store.
 */
function outputArguments({ push, platforms, epoch }: BuildRequest, kind: BuilderKind): string[] {
  if (push && kind === 'other' && epoch !== undefined)
    return ['--output', 'type=image,push=true,rewrite-timestamp=true']
  if (push) return ['--push']
  // Later steps may want to test the image. A daemon may be unable to hold one of several platforms.
  return platforms.length > 1 ? [] : ['--load']
}

/** Without the option, buildx makes provenance `min` if its builder supports it. */
function attestationArguments({ provenance, sbom }: BuildRequest): string[] {
  return [
    ...(provenance === 'auto' ? [] : [`--provenance=${provenance === 'false' ? 'false' : `mode=${provenance}`}`]),
    ...(sbom === 'false' ? [] : [`--sbom=${sbom}`]),
  ]
}

/** A cache that cannot be written must not fail a finished build. */
function ignoringErrors(cache: string): string {
  const full = cache.includes('=') ? cache : `type=registry,ref=${cache}`
  return /(^|,)type=inline(,|$)|(^|,)ignore-error=/.test(full) ? full : `${full},ignore-error=true`
}

function buildxLimits({ epoch, push }: BuildRequest, kind: BuilderKind): string[] {
  if (epoch === undefined)
    return ['The time of the commit is not known, so two builds of the commit have different times.']
  if (kind === 'docker' && push)
    return [
      "The Docker daemon's own builder keeps the times of files, so two builds of the commit may differ. The builder of docker/setup-buildx-action sets them to the commit's time.",
    ]
  return []
}

function builtOf(metadata: string): Built {
  const output = JSON.parse(metadata) as Record<string, unknown>
  const text = (name: string) => (typeof output[name] === 'string' ? output[name] : undefined)
  return {
    digest: text('containerimage.digest'),
    configDigest: text('containerimage.config.digest'),
    checks: checksIn(output as Parameters<typeof checksIn>[0]),
  }
}
