import { readFileSync } from 'node:fs'
import { type BuildRequest, pairArguments, secretArguments } from '../build-request.ts'
import { checksIn } from '../checks.ts'
import type { Built, Docker, Driver } from './driver.ts'

/** The kind of a builder: `docker` is the daemon's own BuildKit, others are BuildKits beside it. */
export type BuilderKind = 'docker' | 'other'

/** The kind of the builder that `docker buildx inspect` speaks of. */
export function builderKind(inspected: string): BuilderKind {
  return /^Driver:\s*docker\s*$/m.test(inspected) ? 'docker' : 'other'
}

/** `docker buildx build`. `metadataFile` is where it leaves digests and warnings. */
export function buildxDriver(docker: Docker, kind: BuilderKind, metadataFile: string): Driver {
  return {
    name: 'buildx',
    limits: (request) => buildxLimits(request, kind),
    async build(request) {
      const { args, env } = buildxArguments(request, kind, metadataFile)
      const ended = await docker(args, { env })
      return ended.ok ? { ...ended, built: builtOf(readFileSync(metadataFile, 'utf8')) } : ended
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
 * Times of files follow the commit too, where the builder can: the daemon's own refuses that with its containerd store,
 * and forgets it without a word with the older one.
 */
function outputArguments({ push, platforms, epoch }: BuildRequest, kind: BuilderKind): string[] {
  if (push && kind === 'other' && epoch !== undefined)
    return ['--output', 'type=image,push=true,rewrite-timestamp=true']
  if (push) return ['--push']
  // Later steps may want to try the image; of several platforms a daemon may hold none.
  return platforms.length > 1 ? [] : ['--load']
}

/** Without a word about it buildx makes provenance `min` where its builder can. */
function attestationArguments({ provenance, sbom }: BuildRequest): string[] {
  return [
    ...(provenance === 'auto' ? [] : [`--provenance=${provenance === 'false' ? 'false' : `mode=${provenance}`}`]),
    ...(sbom === 'false' ? [] : [`--sbom=${sbom}`]),
  ]
}

/** A cache that cannot be written must not fail a build that is done. */
function ignoringErrors(cache: string): string {
  const full = cache.includes('=') ? cache : `type=registry,ref=${cache}`
  return /(^|,)type=inline(,|$)|(^|,)ignore-error=/.test(full) ? full : `${full},ignore-error=true`
}

function buildxLimits({ epoch, push }: BuildRequest, kind: BuilderKind): string[] {
  if (epoch === undefined) return ['The time of the commit is not known, so two builds of it differ in their times.']
  if (kind === 'docker' && push)
    return [
      "The Docker daemon's own builder keeps files' times as it finds them; docker/setup-buildx-action brings one that does not.",
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
