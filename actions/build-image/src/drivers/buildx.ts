import { readFileSync } from 'node:fs'
import { checksIn } from '../checks.ts'
import { type Order, pairArguments, secretArguments } from '../order.ts'
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
    limits: (order) => buildxLimits(order, kind),
    async build(order) {
      const { args, env } = buildxArguments(order, kind, metadataFile)
      const ended = await docker(args, { env })
      return ended.ok ? { ...ended, built: builtOf(readFileSync(metadataFile, 'utf8')) } : ended
    },
  }
}

export function buildxArguments(
  order: Order,
  kind: BuilderKind,
  metadataFile: string,
): { args: string[]; env: Record<string, string> } {
  const secrets = secretArguments(order.secrets)
  const args = [
    ...['buildx', 'build', '--progress=plain', '--metadata-file', metadataFile],
    ...outputArguments(order, kind),
    ...order.refs.flatMap((ref) => ['--tag', ref]),
    ...(order.file ? ['--file', order.file] : []),
    ...(order.target ? ['--target', order.target] : []),
    ...(order.platforms.length > 0 ? ['--platform', order.platforms.join(',')] : []),
    ...pairArguments('--build-arg', order.buildArgs),
    ...pairArguments('--label', order.labels),
    ...secrets.args,
    ...order.cacheFrom.flatMap((cache) => ['--cache-from', cache]),
    ...order.cacheTo.flatMap((cache) => ['--cache-to', forgiving(cache)]),
    ...attestationArguments(order),
    order.context,
  ]
  const env = {
    ...secrets.env,
    BUILDX_METADATA_WARNINGS: '1',
    BUILDX_METADATA_PROVENANCE: 'disabled',
    // It becomes a build argument of that name, and the time in the image's configuration.
    ...(order.epoch !== undefined && { SOURCE_DATE_EPOCH: String(order.epoch) }),
  }
  return { args, env }
}

/**
 * Times of files follow the commit too, where the builder can: the daemon's own refuses that with its containerd store,
 * and forgets it without a word with the older one.
 */
function outputArguments({ push, platforms, epoch }: Order, kind: BuilderKind): string[] {
  if (push && kind === 'other' && epoch !== undefined)
    return ['--output', 'type=image,push=true,rewrite-timestamp=true']
  if (push) return ['--push']
  // Later steps may want to try the image; of several platforms a daemon may hold none.
  return platforms.length > 1 ? [] : ['--load']
}

/** Without a word about it buildx makes provenance `min` where its builder can. */
function attestationArguments({ provenance, sbom }: Order): string[] {
  return [
    ...(provenance === 'auto' ? [] : [`--provenance=${provenance === 'false' ? 'false' : `mode=${provenance}`}`]),
    ...(sbom === 'false' ? [] : [`--sbom=${sbom}`]),
  ]
}

/** A cache that cannot be written must not fail a build that is done. */
function forgiving(cache: string): string {
  const full = cache.includes('=') ? cache : `type=registry,ref=${cache}`
  return /(^|,)type=inline(,|$)|(^|,)ignore-error=/.test(full) ? full : `${full},ignore-error=true`
}

function buildxLimits({ epoch, push }: Order, kind: BuilderKind): string[] {
  if (epoch === undefined) return ['The time of the commit is not known, so two builds of it differ in their times.']
  if (kind === 'docker' && push)
    return [
      "The Docker daemon's own builder keeps files' times as it finds them; docker/setup-buildx-action brings one that does not.",
    ]
  return []
}

function builtOf(metadata: string): Built {
  const said = JSON.parse(metadata) as Record<string, unknown>
  const text = (name: string) => (typeof said[name] === 'string' ? said[name] : undefined)
  return {
    digest: text('containerimage.digest'),
    configDigest: text('containerimage.config.digest'),
    checks: checksIn(said as Parameters<typeof checksIn>[0]),
  }
}
