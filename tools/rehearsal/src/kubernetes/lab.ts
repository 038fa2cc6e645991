import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { FakeGitHub } from '@belay/fakes/github'
import { type FakeSlack, startFakeSlack } from '@belay/fakes/slack'
import { type Cluster, type GithubIssuer, layerOf, startCluster, startGithubIssuer } from '@belay/test-cluster'
import { nodeRoot } from '@belay/test-hosts'
import { parse } from 'yaml'
import { exampleVariables } from '../example-variables.ts'
import { proveOn, startExampleGitHub } from '../github.ts'
import { exampleFolder } from '../paths.ts'
import { type EndedRun, openRuns, type RunOptions } from '../runs.ts'
import { tagOf, type Version, v1, v2 } from '../version.ts'

/** The repository that is rehearsed. */
export const exampleRoot = exampleFolder('kubernetes')
export const environments = ['qa', 'production'] as const
export type Environment = (typeof environments)[number]

/** The example's one service, with the values of its workflows and manifests. */
export const shop = { name: 'acme-shop', image: 'ghcr.io/acme/shop', ports: { qa: 30080, production: 30081 } } as const

/** What releases run on: a cluster with a namespace for each environment, its registry, and the fakes. */
export interface Lab {
  readonly cluster: Cluster
  readonly slack: FakeSlack
  readonly github: FakeGitHub
  /** The image of each commit, by its digest. */
  readonly images: ReadonlyMap<string, string>
  urlOf(environment: Environment, page: string): string
  /** Runs QA's workflow at a version, or production's by a tag or by hand (`previous`). */
  release(environment: Environment, version: Version | 'previous', more?: Partial<RunOptions>): Promise<EndedRun>
  /** From now on GitHub has that QA run of the version as a success. */
  markProven(version: Version, run: number): void
  close(): Promise<void>
}

/** Everything ends with `close` or with this process. */
export async function openLab(): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const clear = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clear)
  const open: { stop(): Promise<unknown> }[] = []
  let closing: Promise<void> | undefined
  let registry = ''
  const runs = openRuns(folder, (_, into) => checkOut(into, `${registry}/acme/shop`))

  async function close(): Promise<void> {
    runs.lose()
    await Promise.all(open.toReversed().map((one) => one.stop()))
    clear()
    process.removeListener('exit', clear)
  }

  async function started<One extends { stop(): Promise<unknown> }>(starting: Promise<One>): Promise<One> {
    const one = await starting
    open.push(one)
    return one
  }

  try {
    const issuer = await started(startGithubIssuer())
    const [slack, github, cluster] = await Promise.all([
      started(startFakeSlack()),
      started(startExampleGitHub(new Map(), runs.artifacts)),
      started(startCluster({ reaches: [issuer.port], authentication: (server) => trust(issuer, server) })),
    ])
    registry = (await started(passOn(cluster.address, 5000))).address
    const image = `${registry}/acme/shop`
    const [images] = await Promise.all([pushImages(cluster, image), grantAccess(cluster)])
    const vars = { BELAY_IMAGE: image, ...exampleVariables(slack) }
    const urlOf = (environment: Environment, page: string) =>
      `http://${cluster.address}:${shop.ports[environment]}${page}`
    const ofEnvironment = (environment: Environment) => ({
      BELAY_KUBE_SERVER: cluster.server,
      BELAY_KUBE_CA: readFileSync(cluster.caFile, 'utf8'),
      BELAY_NAMESPACE: `shop-${environment}`,
      BELAY_URLS: urlOf(environment, '/health'),
      SMOKE_URLS: urlOf(environment, '/orders'),
    })
    // Only the job with `id-token: write` gets what it asks GitHub for an identity with.
    const stepEnv = (path: string) => ({
      PATH: `${cluster.programs}:${dirname(process.execPath)}:${process.env.PATH}`,
      ...(path.startsWith('release/') && issuer.env),
    })
    return {
      cluster,
      slack,
      github,
      images,
      urlOf,
      release(environment, version, { vars: more = {}, ...options } = {}) {
        issuer.claims = { ...issuer.claims, environment, sub: `repo:acme/shop:environment:${environment}` }
        return runs.run(version === 'previous' ? v2 : version, {
          workflow: `${environment}.yml`,
          ...(environment === 'production' && startOf(version)),
          apiUrl: github.url,
          vars,
          secrets: { SLACK_TOKEN: 'xoxb-fake' },
          environments: { [environment]: { vars: { ...ofEnvironment(environment), ...more }, secrets: {} } },
          stepEnv,
          ...options,
        })
      },
      markProven: (version, run) => proveOn(github, version, run, runs.artifacts),
      close() {
        closing ??= close()
        return closing
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function startOf(version: Version | 'previous'): Partial<RunOptions> {
  return version === 'previous'
    ? { event: { name: 'workflow_dispatch' }, inputs: { version } }
    : { ref: `refs/tags/${tagOf(version)}` }
}

/** Copies the example into an empty folder. Only the name of its image is another one: that of a registry which is there. */
function checkOut(folder: string, image: string): void {
  cpSync(exampleRoot, folder, { recursive: true })
  const path = join(folder, 'deploy/base/deployment.yaml')
  writeFileSync(path, readFileSync(path, 'utf8').replace(`image: ${shop.image}`, `image: ${image}`))
}

/** The example's own configuration of the API server, for this cluster and for who signs as GitHub does here. */
function trust({ discoveryUrl, ca }: GithubIssuer, server: string): object {
  const { jwt, ...rest } = parse(readFileSync(join(exampleRoot, 'cluster/authentication.yaml'), 'utf8'))
  const here = { discoveryURL: discoveryUrl, certificateAuthority: ca, audiences: [server] }
  return { ...rest, jwt: [{ ...jwt[0], issuer: { ...jwt[0].issuer, ...here } }] }
}

/** What the example's administrators do once: namespaces, and the role of each environment. */
async function grantAccess(cluster: Cluster): Promise<void> {
  for (const environment of environments)
    for (const file of ['access.yaml', 'role.yaml']) {
      const path = join(exampleRoot, 'cluster', environment, file)
      const { status, stderr } = await cluster.kubectl(['apply', '-f', path])
      if (status !== 0) throw new Error(`kubectl apply -f ${path}: ${stderr}`)
    }
}

/** The images that the example's Dockerfile describes, under the names of their commits: a build finds them there. */
async function pushImages(cluster: Cluster, image: string): Promise<Map<string, string>> {
  const layers = [readFileSync(await nodeRoot()), layerOf(join(exampleRoot, 'app'), '/app')]
  const content = { layers, entrypoint: ['/usr/local/bin/node'], folder: '/app', user: '1000' }
  const pushed = new Map<string, string>()
  for (const { sha } of [v1, v2]) {
    const labels = { 'org.opencontainers.image.revision': sha }
    const more = { content, labels, args: ['server.mjs'] }
    pushed.set(sha, await cluster.pushImage(`${image}:sha-${sha}`, { COMMIT: sha, NODE_ENV: 'production' }, more))
  }
  return pushed
}

/** A port of this machine's own that leads to one of the cluster: without TLS, registries are only asked on 127.0.0.1. */
async function passOn(host: string, port: number): Promise<{ address: string; stop(): Promise<void> }> {
  const server = createServer((socket) => {
    const target = connect(port, host)
    for (const one of [socket, target]) one.on('error', () => [socket, target].map((each) => each.destroy()))
    socket.pipe(target).pipe(socket)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}
