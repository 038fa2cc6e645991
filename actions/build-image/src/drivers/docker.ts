import { readFileSync } from 'node:fs'
import { Failure } from '@belay/action-kit'
import { type Order, pairArguments, secretArguments } from '../order.ts'
import type { Docker, Driver } from './driver.ts'

/** `docker build` with the BuildKit of the daemon, for clients before 23 that need no buildx for that. */
export function dockerDriver(docker: Docker, idFile: string): Driver {
  return {
    name: 'docker',
    limits: dockerLimits,
    async build(order) {
      refuse(order)
      const { args, env } = dockerArguments(order, idFile)
      let ended = await docker(args, { env })
      if (!ended.ok) return ended
      for (const ref of order.push ? order.refs : []) {
        ended = await docker(['push', ref])
        if (!ended.ok) return ended
      }
      const configDigest = readFileSync(idFile, 'utf8').trim()
      return { ...ended, built: { digest: undefined, configDigest, checks: [] } }
    },
  }
}

export function dockerArguments(order: Order, idFile: string): { args: string[]; env: Record<string, string> } {
  const secrets = secretArguments(order.secrets)
  const inline = order.cacheTo.some(isInline)
  const args = [
    ...['build', '--progress=plain', '--iidfile', idFile],
    ...order.refs.flatMap((ref) => ['--tag', ref]),
    ...(order.file ? ['--file', order.file] : []),
    ...(order.target ? ['--target', order.target] : []),
    ...(order.platforms.length > 0 ? ['--platform', order.platforms.join(',')] : []),
    ...pairArguments('--build-arg', [
      ...order.buildArgs,
      ...(inline ? [{ name: 'BUILDKIT_INLINE_CACHE', value: '1' }] : []),
    ]),
    ...pairArguments('--label', order.labels),
    ...secrets.args,
    ...order.cacheFrom.flatMap((cache) => {
      const ref = registryCache(cache)
      return ref ? ['--cache-from', ref] : []
    }),
    order.context,
  ]
  return { args, env: { ...secrets.env, DOCKER_BUILDKIT: '1' } }
}

function dockerLimits({ cacheFrom, cacheTo, provenance }: Order): string[] {
  return [
    'docker build stamps an image with the time of the build, so two builds of a commit differ.',
    ...(provenance === 'auto' ? ['docker build makes no provenance.'] : []),
    ...cacheFrom
      .filter((cache) => registryCache(cache) === undefined)
      .map((cache) => `docker build reads caches from registries only, not "${cache}".`),
    ...cacheTo
      .filter((cache) => !isInline(cache))
      .map((cache) => `docker build writes only the cache type=inline, not "${cache}".`),
  ]
}

/** What was asked for by name and cannot be had is no limit but a failure. */
function refuse({ platforms, provenance, sbom }: Order): void {
  const mend = 'put docker/setup-buildx-action before this step.'
  if (platforms.length > 1) throw new Failure('engine-cannot', 'docker build makes one platform at a time.', mend)
  if (provenance === 'min' || provenance === 'max')
    throw new Failure('engine-cannot', 'docker build makes no provenance.', mend)
  if (sbom !== 'false') throw new Failure('engine-cannot', 'docker build makes no SBOM.', mend)
}

function isInline(cache: string): boolean {
  return /(^|,)type=inline(,|$)/.test(cache)
}

function registryCache(cache: string): string | undefined {
  if (!cache.includes('=')) return cache
  return /(^|,)type=registry(,|$)/.test(cache) ? /(?:^|,)ref=([^,]+)/.exec(cache)?.[1] : undefined
}
