import { readFileSync } from 'node:fs'
import { Failure } from '@belay/action-kit'
import { type BuildRequest, pairArguments, secretArguments } from '../build-request.ts'
import type { Docker, Driver } from './driver.ts'

/** `docker build` with the BuildKit of the daemon, for clients before 23 that need no buildx for that. */
export function dockerDriver(docker: Docker, idFile: string): Driver {
  return {
    name: 'docker',
    limits: dockerLimits,
    async build(request) {
      assertSupported(request)
      const { args, env } = dockerArguments(request, idFile)
      let result = await docker(args, { env })
      if (!result.ok) return result
      for (const ref of request.push ? request.refs : []) {
        result = await docker(['push', ref])
        if (!result.ok) return result
      }
      const configDigest = readFileSync(idFile, 'utf8').trim()
      return { ...result, built: { digest: undefined, configDigest, checks: [] } }
    },
  }
}

export function dockerArguments(
  request: BuildRequest,
  idFile: string,
): { args: string[]; env: Record<string, string> } {
  const secrets = secretArguments(request.secrets)
  const inline = request.cacheTo.some(isInline)
  const args = [
    ...['build', '--progress=plain', '--iidfile', idFile],
    ...request.refs.flatMap((ref) => ['--tag', ref]),
    ...(request.file ? ['--file', request.file] : []),
    ...(request.target ? ['--target', request.target] : []),
    ...(request.platforms.length > 0 ? ['--platform', request.platforms.join(',')] : []),
    ...pairArguments('--build-arg', [
      ...request.buildArgs,
      ...(inline ? [{ name: 'BUILDKIT_INLINE_CACHE', value: '1' }] : []),
    ]),
    ...pairArguments('--label', request.labels),
    ...secrets.args,
    ...request.cacheFrom.flatMap((cache) => {
      const ref = registryCache(cache)
      return ref ? ['--cache-from', ref] : []
    }),
    request.context,
  ]
  return { args, env: { ...secrets.env, DOCKER_BUILDKIT: '1' } }
}

function dockerLimits({ cacheFrom, cacheTo, provenance }: BuildRequest): string[] {
  return [
    'docker build writes the time of the build into the image, so two builds of a commit differ.',
    ...(provenance === 'auto' ? ['docker build makes no provenance.'] : []),
    ...cacheFrom
      .filter((cache) => registryCache(cache) === undefined)
      .map((cache) => `docker build reads caches from registries only, not "${cache}".`),
    ...cacheTo
      .filter((cache) => !isInline(cache))
      .map((cache) => `docker build writes only the cache type=inline, not "${cache}".`),
  ]
}

/** An option that was requested by name and is not supported is a failure, not a limit. */
function assertSupported({ platforms, provenance, sbom }: BuildRequest): void {
  const remedy = 'put docker/setup-buildx-action before this step.'
  if (platforms.length > 1)
    throw new Failure('engine-cannot', 'docker build can build only one platform at a time.', remedy)
  if (provenance === 'min' || provenance === 'max')
    throw new Failure('engine-cannot', 'docker build makes no provenance.', remedy)
  if (sbom !== 'false') throw new Failure('engine-cannot', 'docker build makes no SBOM.', remedy)
}

function isInline(cache: string): boolean {
  return /(^|,)type=inline(,|$)/.test(cache)
}

function registryCache(cache: string): string | undefined {
  if (!cache.includes('=')) return cache
  return /(^|,)type=registry(,|$)/.test(cache) ? /(?:^|,)ref=([^,]+)/.exec(cache)?.[1] : undefined
}
