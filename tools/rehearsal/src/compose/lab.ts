import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { FakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import {
  importNodeImage,
  makeKey,
  startBuilder,
  startRegistry,
  type TestBuilder,
  type TestRegistry,
} from '@belay/test-hosts'
import { exampleVariables } from '../example-variables.ts'
import { proveOn, startExampleGitHub } from '../github.ts'
import { type EndedRun, type RunOptions, startOf } from '../runs.ts'
import { openStarted } from '../started.ts'
import { type Version, v2 } from '../version.ts'
import { openServer, type ShopServer } from './server.ts'
import { checkOut, type Environment, shop } from './shop.ts'

/** What releases run on: a server for each environment, a registry, the runner's Docker and the fakes. */
export interface Lab {
  readonly slack: FakeSlack
  readonly registry: TestRegistry
  server(environment: Environment): ShopServer
  readonly github: FakeGitHub
  /** The digest of a tag in the registry; undefined if there is none. */
  digest(tag: string): Promise<string | undefined>
  /** Runs QA's workflow at a version, or production's by a tag or by hand (`previous`). */
  release(environment: Environment, version: Version | 'previous', more?: Partial<RunOptions>): Promise<EndedRun>
  /** Runs only the job of QA's workflow that builds and pushes a version. */
  build(version: Version): Promise<EndedRun>
  /** From now on GitHub has that QA run of the version as a success. */
  markProven(version: Version, run: number): void
  close(): Promise<void>
}

const login = { scheme: 'basic', username: 'acme', password: 'knot / rope: 100 %' } as const
export const nodeImage = 'node:24-bookworm-slim'

/** Everything ends with `close` or with this process. */
export async function openLab(environments: readonly Environment[]): Promise<Lab> {
  const { folder, runs, add, close } = openStarted(checkOut)
  try {
    const key = await makeKey(folder)
    const registry = await add(startRegistry({ login }))
    const registryPort = Number(registry.address.split(':')[1])
    const where = { authorizedKey: key.publicKey, registryPort, folder }
    const [slack, github, builder, ...servers] = await Promise.all([
      add(startFakeSlack()),
      add(startExampleGitHub(new Map(), runs.artifacts)),
      add(openBuilder()),
      ...environments.map((environment) => add(openServer(environment, where))),
    ])
    const trusted = join(folder, 'trusted.pem')
    writeFileSync(trusted, servers.map(({ certificate }) => readFileSync(certificate, 'utf8')).join(''))
    const server = (environment: Environment) => {
      const found = servers.find((one) => one.environment === environment)
      if (!found) throw new Error(`the rehearsal has no server for ${environment}`)
      return found
    }
    const image = `${registry.address}/${shop.image}`
    const vars = {
      BELAY_IMAGE: image,
      BELAY_REGISTRY_USER: login.username,
      ...exampleVariables(slack),
    }
    const secrets = { REGISTRY_TOKEN: login.password, SLACK_TOKEN: 'xoxb-fake' }

    // The runner has a Docker of its own and trusts the servers' certificates.
    const stepEnv = () => ({
      ...builder.env,
      PATH: `${dirname(process.execPath)}:${builder.env.PATH}`,
      NODE_EXTRA_CA_CERTS: trusted,
      CURL_CA_BUNDLE: trusted,
    })

    return {
      slack,
      registry,
      server,
      github,
      async digest(tag) {
        const accept = ['oci.image.index.v1', 'oci.image.manifest.v1', 'docker.distribution.manifest.v2']
          .map((kind) => `application/vnd.${kind}+json`)
          .join(', ')
        const authorization = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
        const url = `http://${registry.address}/v2/${shop.image}/manifests/${tag}`
        const answer = await fetch(url, { method: 'HEAD', headers: { accept, authorization } })
        return answer.ok ? (answer.headers.get('docker-content-digest') ?? undefined) : undefined
      },
      build: (version) => runs.run(version, { workflow: 'qa.yml', jobs: ['build'], vars, secrets, stepEnv }),
      release(environment, version, { vars: more = {}, ...options } = {}) {
        const its = server(environment)
        const ofEnvironment = {
          vars: { ...variablesOf(its), ...more },
          secrets: { SSH_KEY: key.privateKey, PULL_TOKEN: login.password, DATABASE_URL: its.databaseUrl },
        }
        return runs.run(version === 'previous' ? v2 : version, {
          workflow: `${environment}.yml`,
          ...(environment === 'production' && startOf(version)),
          apiUrl: github.url,
          vars,
          // An environment's secrets do not reach a called workflow: its callers keep them in the repository.
          secrets: { ...secrets, ...(options.workflow && ofEnvironment.secrets) },
          environments: { [environment]: ofEnvironment },
          stepEnv,
          ...options,
        })
      },
      markProven: (version, run) => proveOn(github, version, run, runs.artifacts),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The variables of an environment, as its operators would set them for this server. */
function variablesOf({ host }: ShopServer): Record<string, string> {
  const page = (path: string) => `https://${host.address}${path}`
  return {
    BELAY_HOSTS: host.target,
    BELAY_KNOWN_HOSTS: host.knownHosts,
    BELAY_URLS: page('/health'),
    SMOKE_URLS: [page(shop.page), page(shop.details)].join('\n'),
  }
}

/** The runner's Docker. Only it builds and pushes images, so that a server has to pull them. */
async function openBuilder(): Promise<TestBuilder> {
  const builder = await startBuilder({ docker: 'trixie' })
  try {
    const docker = async (...args: string[]) =>
      (await promisify(execFile)('docker', args, { env: builder.env, timeout: 120_000 })).stdout
    await importNodeImage(docker, nodeImage)
    return builder
  } catch (error) {
    await builder.stop()
    throw error
  }
}

/** Runs only the build of QA's workflow. Production then treats the version as one that QA has proven. */
export async function buildIn(lab: Lab, version: Version): Promise<void> {
  const { conclusion, jobs, runId } = await lab.build(version)
  if (conclusion !== 'success')
    throw new Error(`${version.name} could not be built:\n${jobs.build?.steps.map(({ log }) => log).join('\n')}`)
  lab.markProven(version, Number(runId))
}
