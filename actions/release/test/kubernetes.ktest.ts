import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startFakeSlack } from '@belay/fakes/slack'
import {
  canStartCluster,
  type GithubIssuer,
  type StartedCluster,
  startCluster,
  startGithubIssuer,
  trusting,
} from '@belay/test-cluster'
import { canStartPostgres, type Postgres, startPostgres } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { startExampleGitHub } from '../../../tools/rehearsal/src/github.ts'
import { belayRoot } from '../../../tools/rehearsal/src/paths.ts'
import { type EndedRun, openRuns } from '../../../tools/rehearsal/src/runs.ts'
import { type Version, v1, v2 } from '../../../tools/rehearsal/src/version.ts'

const labels = { app: 'acme-api' }
const probe = { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 }
/** Users get the service at a port of the node. */
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'acme-api' },
  spec: { type: 'NodePort', selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
}
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'acme-api' },
  spec: {
    replicas: 2,
    strategy: { rollingUpdate: { maxUnavailable: 0 } },
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'app', image: 'registry.test/shop/api', readinessProbe: probe }],
      },
    },
  },
}

/** What `/app migrate` applies. */
const migration = '001_a=create table a (id int)'

/** Who the job of the environment `qa` is, for the cluster. */
const user = 'github:repo:acme/shop:environment:qa'

/** A namespace in which that job may do what `edit` allows, and a repository with the workflow that users copy. */
async function openShop(cluster: StartedCluster, issuer: GithubIssuer) {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const root = join(folder, 'shop')
  for (const path of ['.github/workflows', 'deploy/qa']) mkdirSync(join(root, path), { recursive: true })
  cpSync(join(belayRoot, 'docs/callers/kubernetes.yml'), join(root, '.github/workflows/qa.yml'))
  for (const object of [service, deployment])
    writeFileSync(join(root, 'deploy/qa', `${object.kind}.json`), JSON.stringify(object))
  // The manifest that migrate-db's page shows.
  const manifest = readFileSync(join(belayRoot, 'actions/migrate-db/test/support/job.yml'), 'utf8')
  writeFileSync(join(root, 'deploy/migrate.yml'), manifest.replace('ghcr.io/acme/api', 'registry.test/shop/api'))
  const runs = openRuns(folder, (_, into) => cpSync(root, into, { recursive: true }))
  const [namespace, slack, github] = await Promise.all([
    cluster.namespace('shop'),
    startFakeSlack(),
    startExampleGitHub(new Map(), runs.artifacts),
  ])
  onTestFinished(async () => {
    runs.lose()
    await Promise.all([slack.stop(), github.stop()])
    rmSync(folder, { recursive: true, force: true })
  })
  const binding = ['create', 'rolebinding', 'belay', '--clusterrole=edit', `--user=${user}`, '--namespace', namespace]
  await cluster.kubectl(binding)
  const images = new Map(
    await Promise.all(
      [v1, v2].map(
        async ({ sha }) => [sha, await cluster.pushImage('shop/api', { VERSION: sha, MIGRATIONS: migration })] as const,
      ),
    ),
  )
  const { stdout: certificates } = await cluster.kubectl(['config', 'view', '--raw', '--flatten', '--output=json'])
  const ca: string = JSON.parse(certificates).clusters[0].cluster['certificate-authority-data']

  async function urlOf(): Promise<string | undefined> {
    const { status, json } = await cluster.ask('GET', `/api/v1/namespaces/${namespace}/services/acme-api`)
    return status === 200 ? `http://${new URL(cluster.server).hostname}:${json.spec.ports[0].nodePort}/` : undefined
  }
  return {
    slack,
    namespace,
    /** Waits until a commit answers. The node's firewall learns of ready pods a moment later. */
    async serves({ sha }: Version): Promise<void> {
      const url = (await urlOf()) ?? ''
      const answers = async () => {
        const response = await fetch(url, { headers: { connection: 'close' } })
        return response.headers.get('x-version')
      }
      await expect.poll(answers, { timeout: 20_000 }).toBe(sha)
    },
    async release(
      version: Version,
      {
        back,
        smoke = 'true',
        slots,
        more = {},
        files = {},
      }: {
        back?: string
        smoke?: string
        slots?: string
        more?: Record<string, string>
        files?: Record<string, string>
      } = {},
    ): Promise<EndedRun> {
      const url = await urlOf()
      const vars = {
        BELAY_KUBE_SERVER: cluster.server,
        BELAY_KUBE_CA: ca,
        BELAY_NAMESPACE: namespace,
        BELAY_IMAGE: images.get(version.sha) ?? '',
        BELAY_VERSION_FROM: 'header:X-Version',
        BELAY_GATE_INTERVAL: '1s',
        BELAY_SLACK_CHANNEL: '#releases',
        BELAY_SLACK_API_URL: slack.url,
        ...(url && { BELAY_URLS: url }),
        ...more,
        ...(slots && { BELAY_SLOTS: slots }),
      }
      const start = back ? { event: { name: 'workflow_dispatch' }, inputs: { version: back } } : {}
      return runs.run(version, {
        workflow: 'qa.yml',
        files: { 'deploy/smoke.sh': `#!/bin/sh\n${smoke}\n`, ...files },
        apiUrl: github.url,
        ...start,
        environments: { qa: { vars, secrets: { SLACK_TOKEN: 'xoxb-fake' } } },
        stepEnv: () => ({ PATH: `${cluster.programs}:${process.env.PATH}`, ...issuer.env }),
      })
    },
  }
}

const ended = ({ conclusion, jobs }: EndedRun) => [conclusion, jobs.release?.outputs.result]
const logOf = ({ jobs }: EndedRun) => (jobs.release?.steps ?? []).map(({ path, log }) => `${path}\n${log}`).join('\n')

describeIf(canStartCluster() ?? canStartPostgres())('docs/callers/kubernetes.yml', () => {
  let issuer: GithubIssuer
  let cluster: StartedCluster
  beforeAll(async () => {
    issuer = await startGithubIssuer()
    issuer.claims = { ...issuer.claims, sub: 'repo:acme/shop:environment:qa', environment: 'qa' }
    cluster = await startCluster({ reaches: [issuer.port], authentication: (server) => trusting(issuer, server) })
  })
  afterAll(async () => {
    await cluster?.stop()
    await issuer?.stop()
  })

  test('releases without any secret of the cluster, is undone where a later step fails, and goes back', async () => {
    const shop = await openShop(cluster, issuer)
    const first = await shop.release(v1)
    expect(ended(first), logOf(first)).toEqual(['success', 'committed'])
    await shop.serves(v1)

    const broken = await shop.release(v2, { smoke: 'exit 1' })
    expect(ended(broken), logOf(broken)).toEqual(['failure', 'rolled-back'])
    await shop.serves(v1)
    expect(JSON.stringify(shop.slack.messages().at(-1))).toContain('acme-api: 4f0c1d7 serves again on namespace shop')

    const second = await shop.release(v2)
    expect(ended(second), logOf(second)).toEqual(['success', 'committed'])
    await shop.serves(v2)
    expect(second.leftovers).toEqual([])

    const back = await shop.release(v2, { back: 'previous' })
    expect(ended(back), logOf(back)).toEqual(['success', 'committed'])
    await shop.serves(v1)
  })

  test('with slots fills the idle one and moves the traffic there, back where a later step fails, and for a rollback', async () => {
    const shop = await openShop(cluster, issuer)
    const slots = 'blue green'
    const first = await shop.release(v1, { slots })
    expect(ended(first), logOf(first)).toEqual(['success', 'committed'])

    const broken = await shop.release(v2, { slots, smoke: 'exit 1' })
    expect(ended(broken), logOf(broken)).toEqual(['failure', 'rolled-back'])
    expect(logOf(broken)).toContain('Traffic goes to slot green')
    await shop.serves(v1)

    const second = await shop.release(v2, { slots })
    expect(ended(second), logOf(second)).toEqual(['success', 'committed'])
    await shop.serves(v2)

    const back = await shop.release(v2, { slots, back: 'previous' })
    expect(ended(back), logOf(back)).toEqual(['success', 'committed'])
    await shop.serves(v1)
    expect(JSON.stringify(shop.slack.messages().at(-1))).toContain('4f0c1d7 serves again on namespace shop')
  })

  test('tries the objects before a Job migrates, under the same lock, and leaves the schema as it is', async () => {
    const postgres: Postgres = await startPostgres({ trust: true })
    onTestFinished(() => postgres.stop())
    await postgres.createDatabase('shop')
    cluster.reach(postgres.port)
    const shop = await openShop(cluster, issuer)
    const url = postgres.url('shop', { host: cluster.address })
    const secret = [
      'create',
      'secret',
      'generic',
      'database',
      `--from-literal=url=${url}`,
      '--namespace',
      shop.namespace,
    ]
    await cluster.kubectl(secret)
    const more = { BELAY_VIA: 'job:deploy/migrate.yml', BELAY_STATUS_COMMAND: '/app pending' }

    const isMigrated = async () =>
      (await postgres.query('shop', "select 1 from pg_tables where tablename = 'a'")).length > 0
    const objects = `/apis/apps/v1/namespaces/${shop.namespace}/deployments`
    const jobs = `/apis/batch/v1/namespaces/${shop.namespace}/jobs`
    const leases = `/apis/coordination.k8s.io/v1/namespaces/${shop.namespace}/leases`
    const listed = async (path: string) => (await cluster.mustAsk('GET', path)).json.items

    // Only the server knows which fields there are. A migration would have made the Lease, and it stays.
    const mistaken = { ...deployment, spec: { ...deployment.spec, replica: 2 } }
    const refused = await shop.release(v1, { more, files: { 'deploy/qa/Deployment.json': JSON.stringify(mistaken) } })
    expect(ended(refused), logOf(refused)).toEqual(['failure', 'unchanged'])
    expect(logOf(refused)).toContain('field not declared in schema')
    expect(await Promise.all([objects, jobs, leases].map(listed))).toEqual([[], [], []])
    expect(await isMigrated()).toBe(false)

    const broken = await shop.release(v1, { more, smoke: 'exit 1' })
    expect(ended(broken), logOf(broken)).toEqual(['failure', 'rolled-back'])
    expect(logOf(broken)).toContain('schema of acme-api: stays. 001_a stays applied')
    expect(await isMigrated()).toBe(true)

    const second = await shop.release(v1, { more })
    expect(ended(second), logOf(second)).toEqual(['success', 'committed'])
    expect(logOf(second)).toContain('Nothing is pending.')
    await shop.serves(v1)
    const held = await listed(leases)
    expect(held.map(({ spec }: { spec: { holderIdentity: string } }) => spec.holderIdentity)).toEqual([''])
  })
})
