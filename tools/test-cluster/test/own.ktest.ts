import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import {
  canStartCluster,
  type GithubIssuer,
  type StartedCluster,
  startCluster,
  startGithubIssuer,
  trusting,
} from '../src/index.ts'

const audience = 'https://cluster.example.com'

describeIf(canStartCluster())('a cluster that a test may break', () => {
  let issuer: GithubIssuer
  let cluster: StartedCluster

  beforeAll(async () => {
    issuer = await startGithubIssuer()
    cluster = await startCluster({
      reaches: [issuer.port],
      authentication: trusting(issuer, audience),
    })
  })
  afterAll(async () => {
    await cluster?.stop()
    await issuer?.stop()
  })

  const whoAmI = async (token: string) => {
    const path = '/apis/authentication.k8s.io/v1/selfsubjectreviews'
    const { status, json } = await cluster.ask('POST', path, { token, body: {} })
    return { status, user: json?.status?.userInfo?.username }
  }

  test('accepts GitHub’s tokens for its audience and repository, and no others', async () => {
    const user = 'github:repo:acme/shop:environment:production'
    // It reads the issuer's keys some seconds after its start.
    await expect.poll(() => whoAmI(issuer.token(audience))).toEqual({ status: 201, user })
    expect((await whoAmI(issuer.token('https://other.example.com'))).status).toBe(401)
    expect((await whoAmI(issuer.token(audience, { repository: 'acme/other' }))).status).toBe(401)
    issuer.lifetime = -60
    expect((await whoAmI(issuer.token(audience))).status).toBe(401)
    issuer.lifetime = 300
    // As a job gets one: who asks without the job's secret gets none.
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: secret } = issuer.env
    const request = `${url}&audience=${encodeURIComponent(audience)}`
    expect((await fetch(request)).status).toBe(401)
    const answer = await fetch(request, { headers: { authorization: `Bearer ${secret}` } })
    expect(await whoAmI(((await answer.json()) as { value: string }).value)).toEqual({ status: 201, user })
    expect(issuer.asked).toBe(1)
  })

  test('refuses connections while its API server is away, and keeps what it knew', async () => {
    const namespace = await cluster.namespace()
    await cluster.apiServer.end()
    await expect(cluster.ask('GET', '/readyz')).rejects.toThrow(/ECONNREFUSED/)
    await cluster.apiServer.start()
    expect((await cluster.ask('GET', `/api/v1/namespaces/${namespace}`)).status).toBe(200)
  })

  test('answers nothing while it is cut off, and goes on after that', async () => {
    await cluster.cutOff(true)
    const first = cluster.ask('GET', '/readyz').then(({ status }) => status)
    const soon = new Promise((resolve) => setTimeout(resolve, 1500, 'silence'))
    expect(await Promise.race([first, soon])).toBe('silence')
    await cluster.cutOff(false)
    expect(await first).toBe(200)
  })

  test('has fake nodes, whose pods are ready at once and show the image that they were given', async () => {
    await cluster.fakeNodes(20)
    const namespace = await cluster.namespace()
    const image = `registry.test/shop/api@sha256:${'a'.repeat(64)}`
    const labels = { app: 'api' }
    await cluster.mustAsk('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
      body: {
        metadata: { name: 'api' },
        spec: {
          replicas: 60,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'app', image }] } },
        },
      },
    })
    const wait = ['rollout', 'status', 'deployment/api', `--namespace=${namespace}`, '--timeout=60s']
    expect(await cluster.kubectl(wait)).toMatchObject({ status: 0 })
    const { items } = (await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/pods`)).json
    // biome-ignore lint/suspicious/noExplicitAny: pods as the API server gives them
    const seen = items.map((pod: any) => [pod.status.containerStatuses[0].imageID, pod.spec.nodeName])
    expect(seen).toHaveLength(60)
    expect(new Set(seen.map(([id]: string[]) => id))).toEqual(new Set([image]))
    expect(new Set(seen.map(([, node]: string[]) => node)).size).toBe(20)
  })
})
