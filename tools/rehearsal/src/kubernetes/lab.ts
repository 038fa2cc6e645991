import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type Cluster,
  forwardPort,
  type GithubIssuer,
  nodeContent,
  registryPort,
  startCluster,
  startGithubIssuer,
} from '@belay/test-cluster'
import { parse } from 'yaml'
import { type Base, openOn, releaseOn } from '../example-lab.ts'
import { exampleFolder } from '../paths.ts'
import type { EndedRun, RunOptions } from '../runs.ts'
import { type Version, v1, v2 } from '../version.ts'

/** The repository that is rehearsed. */
export const exampleRoot = exampleFolder('kubernetes')
export const environments = ['qa', 'production'] as const
export type Environment = (typeof environments)[number]

/** The example's one service, with the values of its workflows and manifests. */
export const shop = { name: 'acme-shop', image: 'ghcr.io/acme/shop', ports: { qa: 30080, production: 30081 } } as const

/** What releases run on: a cluster with a namespace for each environment, its registry, and the fakes. */
export interface Lab extends Pick<Base, 'slack' | 'github' | 'close'> {
  readonly cluster: Cluster
  /** The name of the image; each commit's by its digest. */
  readonly image: string
  readonly images: ReadonlyMap<string, string>
  urlOf(environment: Environment, page: string): string
  /** Runs QA's workflow at a version, or production's by a tag or by hand (`previous`). */
  release(environment: Environment, version: Version | 'previous', more?: Partial<RunOptions>): Promise<EndedRun>
}

/**
 * `proven`: QA has released both versions before. `rollback`: the environment without reviewers, in which a cluster is
 * restored after a lost runner; default: none. Everything ends with `close` or with this process.
 */
export function openLab(proven: boolean, rollback?: string): Promise<Lab> {
  let image = ''
  const before = new Map(proven ? [[v1, 1001] as const, [v2, 1002] as const] : [])
  return openOn({ checkOut: (_, into) => checkOut(into, image), proven: before }, async (base) => {
    const { add, github } = base
    const issuer = await add(startGithubIssuer())
    const cluster = await add(
      startCluster({ reaches: [issuer.port], authentication: (server) => trust(issuer, server) }),
    )
    // Without TLS a registry is asked only on 127.0.0.1.
    image = `${(await add(forwardPort(cluster.address, registryPort))).address}/acme/shop`
    const [images] = await Promise.all([pushImages(cluster, image), grantAccess(cluster, rollback)])
    const urlOf: Lab['urlOf'] = (environment, page) => `http://${cluster.address}:${shop.ports[environment]}${page}`
    const variablesOf = (environment: Environment) => ({
      BELAY_KUBE_SERVER: cluster.server,
      BELAY_KUBE_CA: readFileSync(cluster.caFile, 'utf8'),
      BELAY_NAMESPACE: `shop-${environment}`,
      BELAY_URLS: urlOf(environment, '/health'),
      SMOKE_URLS: urlOf(environment, '/orders'),
    })
    return {
      ...base,
      ...{ cluster, image, images, urlOf },
      async release(environment, version, more) {
        const own = { vars: variablesOf(environment), secrets: {} }
        const vars = { BELAY_IMAGE: image, ...(rollback && { ROLLBACK_ENVIRONMENT: rollback }) }
        const given = { vars, own, isTagged: environment === 'production' }
        const identify = (name: string) => {
          issuer.claims = { ...issuer.claims, environment: name, sub: subjectOf(name) }
          return issuer.env
        }
        const ended = await releaseOn(base, environment, version, given, {
          // Only a job with `id-token: write` can ask GitHub who it is.
          stepEnv: (path) => ({
            PATH: `${cluster.programs}:${dirname(process.execPath)}:${process.env.PATH}`,
            ...(path.startsWith('release/') && identify(environment)),
            ...(path.startsWith('restore/') && identify(rollback ?? '')),
          }),
          ...(rollback && { environments: { [environment]: own, [rollback]: own } }),
          hidden: [issuer.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN, issuer.token('').split('.')[0] ?? ''],
          ...more,
        })
        const { sha } = version === 'previous' ? v2 : version
        const conclusion = ended.conclusion === 'success' ? 'success' : 'failure'
        // By it QA has proven a version, and the lock of a lost runner is free.
        github.addRun({ id: Number(ended.runId), path: `.github/workflows/${environment}.yml`, sha, conclusion }, [])
        return ended
      },
    }
  })
}

/** Copies the example into an empty folder. Only its image has another name: one of the registry that is there. */
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
async function grantAccess(cluster: Cluster, rollback: string | undefined): Promise<void> {
  const kubectl = async (...args: string[]) => {
    const { status, stderr } = await cluster.kubectl(args)
    if (status !== 0) throw new Error(`kubectl ${args[0]}: ${stderr}`)
  }
  await kubectl('apply', ...environments.flatMap((environment) => ['-f', join(exampleRoot, 'cluster', environment)]))
  if (rollback === undefined) return
  const subject = { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: `github:${subjectOf(rollback)}` }
  const added = JSON.stringify([{ op: 'add', path: '/subjects/-', value: subject }])
  await kubectl('patch', 'rolebinding/belay-deploy', '--namespace=shop-production', '--type=json', `--patch=${added}`)
}

/** How GitHub names a job of an environment to the cluster. */
const subjectOf = (environment: string) => `repo:acme/shop:environment:${environment}`

/** The images that the example's Dockerfile describes, under the names of their commits. */
async function pushImages(cluster: Cluster, image: string): Promise<Map<string, string>> {
  const content = await nodeContent(join(exampleRoot, 'app'))
  const pushed = new Map<string, string>()
  for (const { sha } of [v1, v2]) {
    const more = { content, args: ['server.mjs'], labels: { 'org.opencontainers.image.revision': sha } }
    pushed.set(sha, await cluster.pushImage(`${image}:sha-${sha}`, { COMMIT: sha, NODE_ENV: 'production' }, more))
  }
  return pushed
}
