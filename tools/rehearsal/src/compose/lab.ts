import { makeKey } from '@belay/test-hosts'
import { type DockerServer, filledFor, openDockerServer, trustIn } from '../docker-server.ts'
import { type Base, numberOfBuild, openOn, releaseOn, variablesIn } from '../example-lab.ts'
import { proveOn } from '../github.ts'
import { type ImageRegistry, openBuilder, openImageRegistry } from '../image-registry.ts'
import type { EndedRun, RunOptions } from '../runs.ts'
import type { Version } from '../version.ts'
import { basePath, checkOut, type Environment, exampleRoot, settings, shop } from './shop.ts'

/** What releases run on: a server for each environment, a registry, the runner's Docker and the fakes. */
export interface Lab extends Pick<Base, 'slack' | 'github' | 'close'> {
  readonly registry: ImageRegistry
  /** The server of an environment: on it runs the example's Compose file. */
  server(environment: Environment): DockerServer
  /** The name of the image, with its registry. */
  readonly image: string
  /** Runs QA's workflow at a version, or production's by a tag or by hand (`previous`). */
  release(environment: Environment, version: Version | 'previous', more?: Partial<RunOptions>): Promise<EndedRun>
  /** Runs only the job of QA's workflow that builds and pushes a version. Returns the number of the run. */
  build(version: Version): Promise<number>
  /** From now on GitHub has that QA run of the version as a success. */
  markProven(version: Version, run: number): void
}

const database = { service: 'db', user: 'acme', password: 'rope @ knot: 100 %' }
const databaseUrl = `postgres://acme:${encodeURIComponent(database.password)}@127.0.0.1:5432/acme`

/** Everything ends with `close` or with this process. */
export function openLab(environments: readonly Environment[]): Promise<Lab> {
  return openOn({ checkOut }, async (base) => {
    const { folder, runs, add, github } = base
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
    const toPush = { REGISTRY_TOKEN: login.password }
    const secrets = { SSH_KEY: key.privateKey, PULL_TOKEN: login.password, DATABASE_URL: databaseUrl }
    const env = { ...builder.env, ...trustIn(folder, [...servers.values()]) }
    const stepEnv = () => env
    return {
      ...base,
      ...{ registry, server, image },
      build(version) {
        const given = { vars, secrets: toPush, own: { vars: {}, secrets: {} } }
        return numberOfBuild(version, releaseOn(base, 'qa', version, given, { stepEnv, jobs: ['build'] }))
      },
      release(environment, version, more = {}) {
        const given = {
          vars,
          // An environment's secrets do not reach a called workflow: its callers keep them in the repository.
          secrets: { ...toPush, ...(more.workflow && secrets) },
          own: { vars: variablesIn(settings, filledFor(server(environment)), environment), secrets },
          isTagged: environment === 'production',
        }
        return releaseOn(base, environment, version, given, { stepEnv, ...more })
      },
      markProven: (version, run) => proveOn(github, version, run, runs.artifacts),
    }
  })
}
