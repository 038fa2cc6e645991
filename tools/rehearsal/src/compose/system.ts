import type { RunEvent } from '@belay/workflow-runner'
import { shaIn } from '../inspect.ts'
import { inspectSlots } from '../observe/place.ts'
import type { Injection, System } from '../system.ts'
import { v1, v2 } from '../version.ts'
import type { Lab } from './lab.ts'
import type { ShopServer } from './server.ts'
import { basePath, type Environment, externalFailures, failingVersion, type Slot, shop, slots } from './shop.ts'

/** An unarmed lock is held for 60 s, and containers stop. */
export const times = { confirm: 40, beyond: 60 + 60 } as const

/** Requests a second that users make. */
const rate = 200
const front = 'https://127.0.0.1/health'
/** The tags that others pull by. */
const floating = ['1', 'latest'] as const

export function shopSystem(lab: Lab, environment: Environment): System {
  const server = lab.server(environment)
  const { host, certificate, query } = server
  return {
    slack: lab.slack,
    github: lab.github,
    hosts: [host],
    // The team wrote the database's password into .env, and its Compose file gives it to containers.
    knownToHold: [`${shop.folder}/.env`, '/run/docker/'],
    times,
    release: ({ back, version }, more) => lab.release(environment, back ? 'previous' : version, more),
    places: async () => [await inspectServer(lab, server)],
    targets: () => [
      { service: shop.name, place: `${host.name}, for users`, ask: () => ask(server, front) },
      ...slots.map((port) => ({
        service: shop.name,
        place: `${host.name}, slot ${port}`,
        isSlot: true,
        ask: () => ask(server, slotUrl(port)),
      })),
    ],
    // Users come through nginx over TLS, each request on a connection of its own.
    users: ({ before }) => {
      const url = `https://${host.address}${shop.page}`
      const options = { url, ca: certificate, rate, connections: 'fresh', versionOf: 'header:x-version' } as const
      return before[shop.name] ? [{ service: shop.name, where: shop.name, options }] : []
    },
    query,
    neighbours: () => server.neighbours(),
    tags: {
      image: `${lab.registry.address}/${shop.image}`,
      read: async () =>
        Object.fromEntries(await Promise.all(floating.map(async (tag) => [tag, await lab.digest(tag)] as const))),
      digestOf: ({ sha }) => lab.digest(`sha-${sha}`),
    },
    inject: (externalFailure) => injectRegistryFault(lab, externalFailure),
  }
}

/** What serves on a server, read without Belay. */
export async function inspectServer(lab: Pick<Lab, 'digest'>, server: ShopServer) {
  const { host, environment } = server
  const [seen, logins] = await Promise.all([
    inspectSlots(
      host,
      {
        service: shop.name,
        place: host.name,
        path: basePath(environment),
        ports: slots,
      },
      {
        upstreams: async () => [await host.read(`${shop.folder}/nginx/upstream/active.conf`)],
        served: async () => [{ url: '', sha: await ask(server, front) }],
        askSlot: (port) => ask(server, slotUrl(port)),
        contentOf: (port) => contentOf(lab, server, port as Slot),
      },
    ),
    host.run(['sh', '-c', findLogins], { user: 'root' }),
  ])
  const left = logins.stdout.split('\n').filter(Boolean)
  return { ...seen, open: [...seen.open, ...left.map((path) => `a registry login in ${path}`)] }
}

/** Docker's client keeps a login in a file of this name; `auths` without one is no login. */
const findLogins = `grep -rls '"auth"' /home /root/.docker /tmp /var/tmp /dev/shm /run/user /srv --include=config.json`

/** The commit whose image the line of a slot in `.env` names: `docker compose up` by hand would run it. */
async function contentOf(
  { digest }: Pick<Lab, 'digest'>,
  { host }: ShopServer,
  port: Slot,
): Promise<string | undefined> {
  const settings = (await host.read(`${shop.folder}/.env`)) ?? ''
  const [, image = ''] = new RegExp(`^${shop.slots[port]}=(.*)$`, 'm').exec(settings) ?? []
  const versions = [v1, v2, ...externalFailures.map(failingVersion)]
  const digests = await Promise.all(versions.map(async ({ sha }) => [sha, await digest(`sha-${sha}`)] as const))
  return digests.find(([, known]) => known && image.endsWith(`@${known}`))?.[0] ?? (image || undefined)
}

function slotUrl(port: string): string {
  return `http://127.0.0.1:${port}/health`
}

/** The commit that a URL reports, read on the server; undefined if nothing listens there or behind nginx. */
async function ask({ host }: ShopServer, url: string): Promise<string | undefined> {
  const format = '\n%{http_code}'
  const { status, stdout } = await host.run(['curl', '-sk', '--max-time', '10', '--write-out', format, url])
  const code = stdout.slice(stdout.lastIndexOf('\n') + 1)
  if (status === 7 || code === '502') return undefined
  return shaIn(stdout.slice(0, stdout.lastIndexOf('\n'))) ?? `an answer without a commit (curl ${status}, ${code})`
}

/** Makes the registry refuse requests as the external failure says. Failures of the code are in its commit. */
function injectRegistryFault({ registry }: Lab, externalFailure: string): Injection {
  const denied = { status: 403 } as const
  const end = () => {
    registry.fault = () => undefined
  }
  if (externalFailure === 'push-refused')
    registry.fault = ({ method, path }) => (method === 'PUT' && path.includes('/manifests/') ? denied : undefined)
  if (externalFailure !== 'pull-refused') return { end }
  return {
    end,
    // Until then the run's own job must find in the registry what it pushed.
    onEvent(event: RunEvent) {
      if (event.type === 'step-start' && event.path.endsWith('/deploy-ssh'))
        registry.fault = ({ path }) => (/\/(manifests|blobs)\//.test(path) ? denied : undefined)
    },
  }
}
