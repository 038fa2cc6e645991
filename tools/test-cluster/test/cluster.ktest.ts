import { ask } from '@belay/test-hosts'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { type Cluster, canStartCluster, type Rule } from '../src/index.ts'
import { sharedCluster } from '../src/shared.ts'

describeIf(canStartCluster())('the cluster of the tests', () => {
  let cluster: Cluster
  beforeAll(() => {
    cluster = sharedCluster()
  })

  async function newNamespace(): Promise<string> {
    const name = await cluster.namespace()
    onTestFinished(() => cluster.removeNamespace(name))
    return name
  }

  /** A Deployment `api` and the Service before it. */
  async function deploy(namespace: string, image: string, replicas = 2): Promise<void> {
    const labels = { app: 'api' }
    const readinessProbe = { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 }
    await cluster.mustAsk('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
      body: {
        metadata: { name: 'api' },
        spec: {
          replicas,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: 'app', image, readinessProbe }] } },
        },
      },
    })
    await cluster.mustAsk('POST', `/api/v1/namespaces/${namespace}/services`, {
      body: {
        metadata: { name: 'api' },
        spec: { type: 'NodePort', selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
      },
    })
  }

  // biome-ignore lint/suspicious/noExplicitAny: pods as the API server gives them
  async function podsOf(namespace: string): Promise<any[]> {
    return (await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/pods`)).json.items
  }

  const rolledOut = (namespace: string) =>
    cluster.kubectl(['rollout', 'status', 'deployment/api', `--namespace=${namespace}`, '--timeout=60s'])

  /** The reason for which the first container of a pod waits. */
  const waitsFor = async (namespace: string): Promise<string | undefined> => {
    const [pod] = await podsOf(namespace)
    return pod?.status.containerStatuses?.[0].state.waiting?.reason
  }

  test('runs an image by its digest, and its Service answers on the machine, the node and in a pod', async () => {
    const namespace = await newNamespace()
    // Bytes of its own: a node that has them under another name, too, may report that one.
    const image = await cluster.pushImage('shop/api', { VERSION: 'named' })
    expect(image).toMatch(/^registry\.test\/shop\/api@sha256:[0-9a-f]{64}$/)
    await deploy(namespace, image)
    expect(await rolledOut(namespace)).toMatchObject({ status: 0 })
    const pods = await podsOf(namespace)
    expect(pods.map(({ status }) => status.containerStatuses[0].imageID)).toEqual([image, image])

    const { spec } = (await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/services/api`)).json
    const answer = /^named api-/
    // The node's firewall learns of the endpoints a moment after they are ready.
    await expect
      .poll(async () => (await cluster.run(['curl', '-s', '-m5', `http://${spec.clusterIP}/`])).stdout)
      .toMatch(answer)
    expect((await ask(`http://${cluster.address}:${spec.ports[0].nodePort}/`)).text).toMatch(answer)
    await cluster.mustAsk('POST', `/api/v1/namespaces/${namespace}/pods`, {
      body: {
        metadata: { name: 'client' },
        spec: {
          restartPolicy: 'Never',
          containers: [{ name: 'app', image, args: ['ask', `http://${spec.clusterIP}/`] }],
        },
      },
    })
    const log = `/api/v1/namespaces/${namespace}/pods/client/log`
    await expect.poll(async () => (await cluster.ask('GET', log)).text).toMatch(answer)
  })

  test('gives the log of a pod that crashed, and says so', async () => {
    const namespace = await newNamespace()
    await deploy(namespace, await cluster.pushImage('shop/api', { VERSION: 'v2', CRASH: '1' }), 1)
    await expect.poll(() => waitsFor(namespace)).toBe('CrashLoopBackOff')
    const [pod] = await podsOf(namespace)
    const log = `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log?previous=true`
    expect((await cluster.mustAsk('GET', log)).text).toContain('version v2 crashes at its start')
  })

  test('says that an image is missing', async () => {
    const namespace = await newNamespace()
    const digest = `sha256:${'0'.repeat(64)}`
    await deploy(namespace, `registry.test/shop/api@${digest}`, 1)
    await expect.poll(() => waitsFor(namespace), { timeout: 60_000 }).toBe('ImagePullBackOff')
    const events = (await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/events`)).json.items
    expect(events.map(({ message }: { message: string }) => message).join('\n')).toContain('not found')
  })

  test('keeps a pod that is never ready out of its Service', async () => {
    const namespace = await newNamespace()
    await deploy(namespace, await cluster.pushImage('shop/api', { READY_AFTER: 'never' }), 1)
    // The first probe may come before the program listens.
    const unhealthy = async () =>
      (await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/events?fieldSelector=reason=Unhealthy`)).text
    await expect.poll(unhealthy).toContain('statuscode: 503')
    const subsets = async () =>
      (await cluster.mustAsk('GET', `/api/v1/namespaces/${namespace}/endpoints/api`)).json.subsets
    const waiting = { notReadyAddresses: [expect.anything()] }
    // The controller of endpoints works at its own pace.
    await expect.poll(subsets).toMatchObject([waiting])
    expect((await subsets())[0].addresses).toBeUndefined()
  })

  test('allows an account what its role says, and answers 403 where one verb less was given', async () => {
    const namespace = await newNamespace()
    const rule = (...verbs: string[]): Rule => ({ apiGroups: [''], resources: ['configmaps'], verbs })
    const name = `/api/v1/namespaces/${namespace}/configmaps/settings`
    const patch = { body: { data: { a: '1' } }, contentType: 'application/merge-patch+json' }
    const path = `/api/v1/namespaces/${namespace}/configmaps`
    await cluster.mustAsk('POST', path, { body: { metadata: { name: 'settings' } } })

    const full = await cluster.tokenFor(namespace, [rule('get', 'patch')])
    expect((await cluster.ask('PATCH', name, { ...patch, token: full })).status).toBe(200)
    const less = await cluster.tokenFor(namespace, [rule('get')])
    expect((await cluster.ask('GET', name, { token: less })).status).toBe(200)
    const refused = await cluster.ask('PATCH', name, { ...patch, token: less })
    expect(refused.status).toBe(403)
    expect(refused.json.message).toContain('cannot patch resource "configmaps"')
    // In another namespace it may do nothing at all.
    expect((await cluster.ask('GET', '/api/v1/namespaces/default/configmaps', { token: full })).status).toBe(403)
  })

  test('runs a Job to its end, and one that fails', async () => {
    const namespace = await newNamespace()
    const image = await cluster.pushImage('shop/migrate', { EXIT_AFTER: '100ms' })
    for (const [name, status] of [
      ['good', '0'],
      ['bad', '4'],
    ] as const) {
      const containers = [{ name: 'app', image, env: [{ name: 'EXIT_STATUS', value: status }] }]
      await cluster.mustAsk('POST', `/apis/batch/v1/namespaces/${namespace}/jobs`, {
        body: {
          metadata: { name },
          spec: { backoffLimit: 0, template: { spec: { restartPolicy: 'Never', containers } } },
        },
      })
    }
    const conditions = async (name: string): Promise<string[]> => {
      const { json } = await cluster.mustAsk('GET', `/apis/batch/v1/namespaces/${namespace}/jobs/${name}`)
      return (json.status.conditions ?? []).map(({ type }: { type: string }) => type)
    }
    await expect.poll(() => conditions('good')).toContain('Complete')
    await expect.poll(() => conditions('bad')).toContain('Failed')
  })
})
