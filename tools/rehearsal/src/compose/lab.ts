import { makeKey } from '@belay/test-hosts'
import { type DockerServer, filledFor, openDockerServer, trustIn } from '../docker-server.ts'
import { openOn, type Releases, releasesOn, variablesIn } from '../example-lab.ts'
import { type ImageRegistry, openBuilder, openImageRegistry } from '../image-registry.ts'
import { basePath, checkOut, type Environment, exampleRoot, settings, shop } from './shop.ts'

/** What releases run on: a server for each environment, a registry, the runner's Docker and the fakes. */
export interface Lab extends Releases<Environment> {
  readonly registry: ImageRegistry
  /** The server of an environment: on it runs the example's Compose file. */
  server(environment: Environment): DockerServer
  /** The name of the image, with its registry. */
  readonly image: string
}

const database = { service: 'db', user: 'acme', password: 'rope @ knot: 100 %' }
const databaseUrl = `postgres://acme:${encodeURIComponent(database.password)}@127.0.0.1:5432/acme`

/** Everything ends with `close` or with this process. */
export function openLab(environments: readonly Environment[]): Promise<Lab> {
  return openOn({ checkOut }, async (base) => {
    const { folder, add } = base
    const key = await makeKey(folder)
    const registry = await add(openImageRegistry())
    const { address, login } = registry
    const open = async (environment: Environment) => {
      const server = await add(
        openDockerServer({
          name: `shop-${environment}`,
          authorizedKey: key.publicKey,
          registryPort: Number(address.split(':')[1]),
          keys: folder,
          ...{ root: exampleRoot, settings, database },
          project: shop.folder,
          folders: [basePath(environment)],
        }),
      )
      return [environment, server] as const
    }
    const [builder, ...opened] = await Promise.all([
      add(openBuilder(['node:24-bookworm-slim'])),
      ...environments.map(open),
    ])
    const servers = new Map(opened)
    const server = (environment: Environment) => {
      const found = servers.get(environment)
      if (!found) throw new Error(`the rehearsal has no server for ${environment}`)
      return found
    }
    const vars = variablesIn(settings, { registry: address, 'registry-user': login.username })
    const image = vars.BELAY_IMAGE ?? ''
    const secrets = { SSH_KEY: key.privateKey, PULL_TOKEN: login.password, DATABASE_URL: databaseUrl }
    const env = { ...builder.env, ...trustIn(folder, [...servers.values()]) }
    const ownOf = (name: Environment) => ({ vars: variablesIn(settings, filledFor(server(name)), name), secrets })
    const given = (environment?: Environment) => ({
      vars,
      secrets: { REGISTRY_TOKEN: login.password },
      own: environment ? ownOf(environment) : { vars: {}, secrets: {} },
    })
    return { ...releasesOn(base, given, { stepEnv: () => env }), registry, server, image }
  })
}
