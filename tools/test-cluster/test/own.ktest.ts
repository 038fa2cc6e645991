import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import {
  canStartCluster,
  type GithubIssuer,
  type StartedCluster,
  startCluster,
  startGithubIssuer,
} from '../src/index.ts'

const audience = 'https://cluster.example.com'

describeIf(canStartCluster())('a cluster that a test may break', () => {
  let issuer: GithubIssuer
  let cluster: StartedCluster

  beforeAll(async () => {
    issuer = await startGithubIssuer()
    cluster = await startCluster({
      reaches: [issuer.port],
      authentication: {
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'AuthenticationConfiguration',
        jwt: [
          {
            issuer: {
              url: issuer.url,
              discoveryURL: issuer.discoveryUrl,
              certificateAuthority: issuer.ca,
              audiences: [audience],
            },
            claimValidationRules: [{ expression: 'claims.repository == "acme/shop"', message: 'another repository' }],
            claimMappings: { username: { claim: 'sub', prefix: 'github:' } },
          },
        ],
      },
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
    await expect.poll(() => whoAmI(issuer.token(audience)), { timeout: 30_000 }).toEqual({ status: 201, user })
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
})
