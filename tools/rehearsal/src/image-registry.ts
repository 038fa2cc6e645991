import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { importNodeImage, startBuilder, startRegistry, type TestBuilder, type TestRegistry } from '@belay/test-hosts'
import type { Failure } from './repository/failures.ts'
import type { Injection, Tags } from './system.ts'
import type { Version } from './version.ts'

/** A real registry with a password. */
export interface ImageRegistry extends Pick<TestRegistry, 'address' | 'stop'> {
  readonly login: { readonly username: string; readonly password: string }
  /** The digest of a tag of an image; undefined if there is none. `image`: with the registry's address. */
  digest(image: string, tag: string): Promise<string | undefined>
  /** The commit of the version whose image a text names by its digest; undefined: of none. */
  commitOf(image: string, named: string, versions: readonly Version[]): Promise<string | undefined>
  /** Floating tags of an image. */
  tags(image: string, names: readonly string[]): Tags
  /** Refuses requests as an external failure says, until `end`. */
  refuse(failure: Failure['registry']): Injection
}

const manifests = ['oci.image.index.v1', 'oci.image.manifest.v1', 'docker.distribution.manifest.v2']
  .map((kind) => `application/vnd.${kind}+json`)
  .join(', ')

/** `takes`: further passwords that log in, from any user. */
export async function openImageRegistry(takes?: (password: string) => boolean): Promise<ImageRegistry> {
  const login = { username: 'acme', password: 'knot / rope: 100 %' }
  const registry = await startRegistry({ login: { scheme: 'basic', ...login, ...(takes && { takes }) } })
  const { address } = registry
  const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  const denied = { status: 403 } as const
  const digest: ImageRegistry['digest'] = async (image, tag) => {
    const url = `http://${address}/v2/${image.slice(address.length + 1)}/manifests/${tag}`
    const answer = await fetch(url, { method: 'HEAD', headers: { accept: manifests, authorization } })
    return answer.ok ? (answer.headers.get('docker-content-digest') ?? undefined) : undefined
  }
  return {
    address,
    login,
    digest,
    async commitOf(image, named, versions) {
      const digests = await Promise.all(
        versions.map(async ({ sha }) => [sha, await digest(image, `sha-${sha}`)] as const),
      )
      return digests.find(([, known]) => known && named.endsWith(`@${known}`))?.[0]
    },
    tags: (image, names) => ({
      image,
      read: async () =>
        Object.fromEntries(await Promise.all(names.map(async (tag) => [tag, await digest(image, tag)] as const))),
      digestOf: ({ sha }) => digest(image, `sha-${sha}`),
    }),
    refuse(failure) {
      const end = () => {
        registry.fault = () => undefined
      }
      if (failure === 'refuses-pushes')
        registry.fault = ({ method, path }) => (method === 'PUT' && path.includes('/manifests/') ? denied : undefined)
      if (failure !== 'refuses-pulls') return { end }
      return {
        end,
        // Until then the run's own job must find in the registry what it pushed.
        onEvent(event) {
          if (event.type === 'step-start' && event.path.endsWith('/deploy-ssh'))
            registry.fault = ({ path }) => (/\/(manifests|blobs)\//.test(path) ? denied : undefined)
        },
      }
    },
    stop: () => registry.stop(),
  }
}

/**
 * The runner's Docker, with this Node.js beside it. Only it builds and pushes images, so that a server has to pull them.
 * `nodeImages`: names of images of Node.js that it has.
 */
export async function openBuilder(nodeImages: readonly string[]): Promise<TestBuilder> {
  const builder = await startBuilder({ docker: 'trixie' })
  try {
    const docker = async (...args: string[]) =>
      (await promisify(execFile)('docker', args, { env: builder.env, timeout: 120_000 })).stdout
    for (const image of nodeImages) await importNodeImage(docker, image)
    return { ...builder, env: { ...builder.env, PATH: `${dirname(process.execPath)}:${builder.env.PATH}` } }
  } catch (error) {
    await builder.stop()
    throw error
  }
}
