import type { TestHost } from '@belay/test-hosts'
import type { DockerServer } from '../docker-server.ts'
import { userOf } from '../example-lab.ts'
import { askShaOn } from '../inspect.ts'
import { inspectSlots, type SlotReaders, type SlotService, slotTargets } from '../observe/place.ts'
import { filesWithSecrets } from '../repository/unit-files.ts'
import type { System } from '../system.ts'
import { v1, v2 } from '../version.ts'
import type { Lab } from './lab.ts'
import {
  basePath,
  type Environment,
  externalFailures,
  failingVersion,
  type Slot,
  settings,
  shop,
  slots,
} from './shop.ts'

/** An unarmed lock is held for 60 s, and containers stop. */
export const times = { confirm: 40, beyond: 60 + 60 } as const

/** The tags that others pull by. */
const floating = ['1', 'latest'] as const

export function shopSystem(lab: Lab, environment: Environment): System {
  const server = lab.server(environment)
  const { host, certificate, query } = server
  return {
    slack: lab.slack,
    github: lab.github,
    hosts: [host],
    // The Compose file gives the database's password to containers.
    knownToHold: [...filesWithSecrets(settings), '/run/docker/'],
    times,
    release: ({ back, version }, more) => lab.release(environment, back ? 'previous' : version, more),
    places: async () => [await inspectServer(lab, environment)],
    targets: () => slotTargets(shopOn(host, environment), readersOf(lab, server)),
    // Users come through nginx over TLS.
    users: ({ before }) =>
      before[shop.name] ? [userOf(shop.name, `https://${host.address}`, settings, { ca: certificate })] : [],
    query,
    neighbours: () => server.containers(shop.neighbours),
    tags: lab.registry.tags(lab.image, floating),
    inject: (externalFailure) => lab.registry.refuse(settings.failures[externalFailure]?.registry),
  }
}

/** What serves on a server, read without Belay. */
export function inspectServer(lab: Lab, environment: Environment) {
  const server = lab.server(environment)
  return inspectSlots(server.host, shopOn(server.host, environment), readersOf(lab, server))
}

function shopOn({ name }: TestHost, environment: Environment): SlotService {
  return { service: shop.name, place: name, path: basePath(environment), ports: slots }
}

function readersOf(lab: Lab, { host }: DockerServer): SlotReaders {
  return {
    upstreams: async () => [await host.read(`${shop.folder}/nginx/upstream/active.conf`)],
    served: async () => [{ url: '', sha: await askShaOn(host, 'https://127.0.0.1/health') }],
    askSlot: (port) => askShaOn(host, `http://127.0.0.1:${port}/health`),
    contentOf: (port) => contentOf(lab, host, port as Slot),
  }
}

/** The commit whose image the line of a slot in `.env` names: `docker compose up` by hand would run it. */
async function contentOf({ registry, image }: Lab, host: TestHost, port: Slot): Promise<string | undefined> {
  const lines = (await host.read(`${shop.folder}/.env`)) ?? ''
  const [, named = ''] = new RegExp(`^${shop.slots[port]}=(.*)$`, 'm').exec(lines) ?? []
  const versions = [v1, v2, ...externalFailures.map(failingVersion)]
  return (await registry.commitOf(image, named, versions)) ?? (named || undefined)
}
