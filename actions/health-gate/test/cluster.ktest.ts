import { readFileSync } from 'node:fs'
import { type Inputs, openJob } from '@belay/action-harness'
import { type Cluster, canStartCluster, type Rule } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { describeIf } from '../../../test/support/need.ts'

/** The image answers every path with its VERSION, and with the name of its pod unless that is empty. */
const answering = (name: string, image: string, body: unknown) => [
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app: name } },
    spec: {
      containers: [
        {
          name: 'app',
          image,
          env: [
            { name: 'VERSION', value: JSON.stringify(body) },
            { name: 'HOSTNAME', value: '' },
          ],
          readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 },
        },
      ],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  },
]

describeIf(canStartCluster())('metrics that only listen in a cluster', () => {
  let cluster: Cluster
  let namespace = ''
  beforeAll(async () => {
    cluster = sharedCluster()
    namespace = await cluster.namespace('metrics')
    const image = await cluster.pushImage('shop/metrics')
    const vector = [{ value: [0, '0.25'] }]
    const items = [
      ...answering('summary', image, { requests: 500, errors: 0.001 }),
      ...answering('prometheus', image, { status: 'success', data: { resultType: 'vector', result: vector } }),
    ]
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items })
    await cluster.kubectl(['apply', '-f', '-', `--namespace=${namespace}`], { input })
    await cluster.kubectl([
      'wait',
      '--for=condition=Ready',
      'pod',
      '--all',
      `--namespace=${namespace}`,
      '--timeout=60s',
    ])
  }, 90_000)
  afterAll(() => cluster?.removeNamespace(namespace))

  async function gate(inputs: Inputs) {
    const job = openJob({ env: { PATH: `${cluster.programs}:${process.env.PATH}` } })
    try {
      const given = { successes: '2', interval: '1s', timeout: '3s', deadline: '4s', ...inputs }
      const stage = await job.step('health-gate').main(given, { timeoutMs: 60_000 })
      return { ...stage, left: job.leftovers() }
    } finally {
      job.close()
    }
  }

  const by = async (rules: readonly Rule[]) => ({
    server: cluster.server,
    ca: readFileSync(cluster.caFile, 'utf8'),
    token: await cluster.tokenFor(namespace, rules),
  })

  test('are asked through the API server, with the role that is printed and nothing more', async () => {
    const asked = {
      'metrics-url': `service://${namespace}/summary:http/of/{version}?over={window}`,
      metrics: 'samples: $.requests >= 100\nerrors: $.errors < 0.01',
      'expect-version': 'v2',
    }
    const refused = await gate({ ...asked, ...(await by([])) })
    expect(refused.outputs['failure-code'], refused.log).toBe('forbidden')
    expect(refused.log).toContain(`needs in ${namespace}: get services/proxy`)
    const role = parse(/^apiVersion: rbac[\s\S]*?\]\}$/m.exec(refused.log.replaceAll('%0A', '\n'))?.[0] ?? '') as {
      rules: Rule[]
    }
    expect(role.rules).toEqual([
      { apiGroups: [''], resources: ['services/proxy'], resourceNames: ['summary:http'], verbs: ['get'] },
    ])
    const { outputs, log, left } = await gate({ ...asked, ...(await by(role.rules)), deadline: '15s' })
    expect(outputs, log).toMatchObject({ verdict: 'pass', result: 'unchanged' })
    expect(JSON.parse(outputs.metrics ?? '[]')).toMatchObject([{ name: 'errors', value: 0.001, samples: 500 }])
    expect(left).toEqual([])
  })

  test('a query of Prometheus is asked so too', async () => {
    const { outputs, log } = await gate({
      kubeconfig: cluster.kubeconfig,
      'metrics-url': `service://${namespace}/prometheus:80`,
      metrics: 'errors: sum(rate(x[{window}])) < 0.1',
    })
    expect(outputs, log).toMatchObject({ verdict: 'fail', 'failure-code': 'gate-failed' })
    expect(outputs.reason).toMatch(/^errors: is 0\.25, and not < 0\.1/)
  })

  test('a Service that is not there has no data, and does not pass', async () => {
    const { outputs, log } = await gate({
      kubeconfig: cluster.kubeconfig,
      'metrics-url': `service://${namespace}/missing:80`,
      metrics: 'errors: $.errors < 0.1',
    })
    expect(outputs, log).toMatchObject({ verdict: 'inconclusive', 'failure-code': 'gate-inconclusive' })
    expect(outputs.reason).toContain('services "missing" not found')
  })
})
