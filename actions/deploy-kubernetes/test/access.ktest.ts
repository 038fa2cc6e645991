import { readFileSync } from 'node:fs'
import {
  canStartCluster,
  type GithubIssuer,
  type StartedCluster,
  startCluster,
  startGithubIssuer,
  trusting,
} from '@belay/test-cluster'
import { afterAll, beforeAll, expect, type TestContext, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { type Fixture, type Images, openFixture, pushImages, releaseIn, untilPhase } from './support/fixture.ts'
import { setOf } from './support/objects.ts'

const audience = 'https://cluster.example.com'

describeIf(canStartCluster())('the way to a cluster', () => {
  let cluster: StartedCluster
  let issuer: GithubIssuer
  let images: Images

  beforeAll(async () => {
    issuer = await startGithubIssuer()
    cluster = await startCluster({
      reaches: [issuer.port],
      authentication: trusting(issuer, audience),
    })
    images = await pushImages(cluster)
  })
  afterAll(async () => {
    await cluster?.stop()
    await issuer?.stop()
  })

  const open = ({ onTestFinished }: TestContext) => openFixture(cluster, images, onTestFinished)
  const admin = () => readFileSync(cluster.kubeconfig, 'utf8')
  const ca = () => readFileSync(cluster.caFile, 'utf8')
  const base64 = (text: string) => Buffer.from(text).toString('base64')
  /** The administrator's kubeconfig with all that it names in it. */
  const whole = async () => (await cluster.kubectl(['config', 'view', '--raw', '--flatten', '--output=yaml'])).stdout

  /** Releases and undoes by this access. */
  async function use(fixture: Fixture, access: Record<string, string>, env: Record<string, string> = {}) {
    const job = fixture.job('v1', { env })
    const inputs = { ...fixture.inputs(setOf(images.v1)), kubeconfig: '', ...access }
    const released = await releaseIn(job, inputs, { status: 'failure' })
    const texts = `${released.log}${job.texts()}`.replaceAll(/::add-mask::.*/g, '')
    return { ...released, texts, code: released.main.outputs['failure-code'] }
  }

  test.each(['the text', 'the text in base64', 'a path', '$KUBECONFIG'])('is a kubeconfig: %s', async (form) => {
    const context = { onTestFinished: (await import('vitest')).onTestFinished } as TestContext
    const fixture = await open(context)
    const text = await whole()
    const given = { 'the text': text, 'the text in base64': base64(text), 'a path': cluster.kubeconfig }[form] ?? ''
    const env = form === '$KUBECONFIG' ? { KUBECONFIG: cluster.kubeconfig } : {}
    const { result, log, texts, job } = await use(fixture, { kubeconfig: given }, env as Record<string, string>)
    expect(result, log).toBe('rolled-back')
    const token = /token: (\S+)/.exec(text)?.[1] ?? ''
    expect(token).not.toBe('')
    expect(texts).not.toContain(token)
    expect(job.leftovers()).toEqual([])
    expect(admin()).toContain(token)
  })

  test("is GitHub's identity of the job, without any secret, in both stages", async (context) => {
    const fixture = await open(context)
    const { namespace } = fixture
    const access = { server: cluster.server, ca: ca(), audience }
    const before = issuer.asked
    const refused = await use(fixture, access, issuer.env)
    // It is known, and may do nothing yet.
    expect([refused.code, refused.result], refused.log).toEqual(['forbidden', 'unchanged'])
    await fixture.kubectl(
      'create',
      'rolebinding',
      'github',
      '--clusterrole=admin',
      `--user=github:${issuer.claims.sub}`,
      `--namespace=${namespace}`,
    )
    await fixture.kubectl('create', 'role', 'lease', '--verb=create,get,patch', '--resource=leases.coordination.k8s.io')
    await fixture.kubectl('create', 'rolebinding', 'lease', '--role=lease', `--user=github:${issuer.claims.sub}`)
    const { result, log, texts, job } = await use(fixture, access, issuer.env)
    expect(result, log).toBe('rolled-back')
    expect(issuer.asked - before).toBeGreaterThanOrEqual(3)
    expect(texts).not.toContain('eyJ')
    expect(job.leftovers()).toEqual([])

    const without = await use(fixture, access)
    expect([without.code, without.result], without.log).toEqual(['access', 'unchanged'])
    const other = await use(fixture, { ...access, audience: 'https://other.example.com' }, issuer.env)
    expect([other.code, other.result], other.log).toEqual(['access', 'unchanged'])
  })

  test.each([
    [
      'does not verify the server',
      'insecure-skip-tls-verify',
      (text: string) => text.replace(/certificate-authority-data: .*/, 'insecure-skip-tls-verify: true'),
    ],
    [
      'runs a program by its path',
      '/tmp/evil',
      (text: string) =>
        text.replace(
          /token: .*/,
          'exec: {apiVersion: client.authentication.k8s.io/v1, command: /tmp/evil, interactiveMode: Never}',
        ),
    ],
    ['is none', 'neither a file', () => 'hello'],
  ])('is no kubeconfig that %s', async (_, word, change) => {
    const fixture = await open({ onTestFinished: (await import('vitest')).onTestFinished } as TestContext)
    const { code, result, log, job } = await use(fixture, { kubeconfig: change(await whole()) })
    expect([code, result], log).toEqual(['access', 'unchanged'])
    expect(log).toContain(word)
    expect(job.leftovers()).toEqual([])
  })

  // Twice 20 s, and after each the controllers of the cluster come back first, up to a minute late.
  test('may be away for 20 s, in the change and in the undo', { timeout: 360_000 }, async (context) => {
    const fixture = await open(context)
    const first = await fixture.release('v1')
    expect(first.result, first.log).toBe('committed')
    const before = await fixture.state()
    const away = async () => {
      await cluster.apiServer.end()
      await new Promise((resolve) => setTimeout(resolve, 20_000))
      await cluster.apiServer.start()
    }
    let during: Promise<void> | undefined
    const released = await fixture.release(
      'v2',
      { mode: 'loud', env: { READY_AFTER: '3s' } },
      {
        status: 'failure',
        during: async (job) => {
          await untilPhase(job, 'follow')
          await away()
        },
        between: async () => {
          during = away()
        },
      },
    )
    await during
    expect(released.result, released.log).toBe('rolled-back')
    // kube-proxy comes back up to a minute late too (docs/research/kubernetes.md#after-an-outage-of-the-api-server).
    await expect.poll(() => fixture.served(), { timeout: 90_000 }).toBe('v1')
    expect(await fixture.state()).toEqual(before)
  })
})
