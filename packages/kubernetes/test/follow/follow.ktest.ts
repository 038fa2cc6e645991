import { type Cluster, canStartCluster } from '@belay/test-cluster'
import { sharedCluster } from '@belay/test-cluster/shared'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { evidenceText, type FollowOutcome, type WorkloadRef } from '../../src/follow/index.ts'
import { follow, reach } from './cluster.ts'
import { workload } from './objects.ts'

describeIf(canStartCluster())('following in a real cluster', () => {
  let cluster: Cluster
  let image: string
  beforeAll(async () => {
    cluster = sharedCluster()
    image = await cluster.pushImage('shop/api', { VERSION: 'v1' })
  })

  async function newNamespace(): Promise<string> {
    const name = await cluster.namespace('follow')
    onTestFinished(() => cluster.removeNamespace(name))
    return name
  }

  async function apply(namespace: string, ...objects: object[]): Promise<void> {
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })
    const { status, stderr } = await cluster.kubectl(
      ['apply', '--server-side', '--force-conflicts', `--namespace=${namespace}`, '-f', '-'],
      { input },
    )
    expect(`${status} ${stderr}`).toBe('0 ')
  }

  const api: WorkloadRef = { kind: 'Deployment', name: 'api' }

  /** Applies the Deployment `api` and follows it to its failure. */
  async function failureOf(change: Partial<Parameters<typeof workload>[2]>, progressTimeout = 150) {
    const namespace = await newNamespace()
    const { api: reader } = await reach(cluster)
    await apply(namespace, workload('Deployment', 'api', { image, replicas: 1, ...change }))
    const began = performance.now()
    const outcome = await follow(reader, namespace, [api], { progressTimeout })
    return { ...failed(outcome), seconds: (performance.now() - began) / 1000 }
  }

  function failed(outcome: FollowOutcome) {
    if (outcome.ok) throw new Error('it did not fail')
    return { ...outcome, text: evidenceText(outcome.evidence) }
  }

  test('all kinds, created and then updated, with one list and one watch a kind', async () => {
    const namespace = await newNamespace()
    const objects = (version: string) => [
      workload('Deployment', 'api', { image, env: { VERSION: version } }),
      workload('StatefulSet', 'db', { image, env: { VERSION: version } }),
      workload('DaemonSet', 'agent', { image, env: { VERSION: version } }),
      workload('Job', `migrate-${version}`, { image, env: { EXIT_AFTER: '300ms' } }),
    ]
    const refs = (version: string): WorkloadRef[] => [
      api,
      { kind: 'StatefulSet', name: 'db' },
      { kind: 'DaemonSet', name: 'agent' },
      { kind: 'Job', name: `migrate-${version}` },
    ]
    const revisions: unknown[] = []
    for (const version of ['v1', 'v2']) {
      const reached = await reach(cluster)
      await apply(namespace, ...objects(version))
      const lines: string[] = []
      const outcome = await follow(reached.api, namespace, refs(version), { onProgress: (line) => lines.push(line) })
      expect(outcome).toMatchObject({
        ok: true,
        workloads: [
          { name: 'api', wanted: 2, ready: 2, old: 0, complete: true },
          { name: 'db', wanted: 2, ready: 2, old: 0, complete: true },
          { name: 'agent', wanted: 1, ready: 1, old: 0, complete: true },
          { name: `migrate-${version}`, wanted: 1, ready: 1, complete: true },
        ],
      })
      revisions.push(outcome.workloads.map(({ revision }) => revision))
      expect(lines.join('\n')).toContain('deployment/api: 2 of 2 new pods are ready, complete')
      const rollout = await cluster.kubectl(['rollout', 'status', 'deployment/api', `-n=${namespace}`, '--watch=false'])
      expect(rollout.stdout).toContain('successfully rolled out')
      // One each of the four kinds and the events; pods by three labels, a template's hash may come a moment later.
      const { lists, watches } = reached.requests
      for (const kind of ['deployments', 'statefulsets', 'daemonsets', 'jobs', 'events', 'replicasets'])
        expect(
          lists.filter((one) => one === kind),
          kind,
        ).toHaveLength(1)
      expect(lists.filter((one) => one === 'pods').length).toBeLessThanOrEqual(4)
      expect(watches.length).toBeLessThanOrEqual(9)
    }
    const [before, after] = revisions as [string[], string[]]
    expect(before.filter((one) => after.includes(one))).toEqual([])
  })

  test('an image that is missing, within seconds', async () => {
    const failure = await failureOf({ image: `registry.test/shop/api@sha256:${'0'.repeat(64)}` })
    expect(failure).toMatchObject({ code: 'image-pull', workload: 'deployment/api' })
    expect(failure.reason).toMatch(/pod api-\S+, container app: the image is not in the registry: .*not found/)
    expect(failure.text).toMatch(/app: waiting, (ErrImagePull|ImagePullBackOff)/)
    expect(failure.seconds).toBeLessThan(15)
  })

  test('a crash loop of the new pods, while the old ones serve; the log is that of the new version', async () => {
    const namespace = await newNamespace()
    const { api: reader } = await reach(cluster)
    await apply(namespace, workload('Deployment', 'api', { image, replicas: 2 }))
    expect(await follow(reader, namespace, [api])).toMatchObject({ ok: true })
    await apply(namespace, workload('Deployment', 'api', { image, replicas: 2, env: { VERSION: 'v2', CRASH: '1' } }))
    const failure = failed(await follow(reader, namespace, [api]))
    expect(failure).toMatchObject({ code: 'crash', workloads: [{ wanted: 2, ready: 0, complete: false }] })
    expect(failure.reason).toContain('the container ends again and again: exit code 3')
    expect(failure.evidence).toHaveLength(1)
    expect(failure.text).toContain('version v2 crashes at its start')
    expect(failure.text).not.toContain('v1')
  })

  test('a container that is killed for its memory', async () => {
    const container = { resources: { limits: { memory: '32Mi' } } }
    const failure = await failureOf({ env: { EAT_AFTER: '500ms', READY_AFTER: '5s' }, container })
    // The runtime of this cluster does not say OOMKilled; reasons.test.ts has what one says that does.
    expect(failure.reason).toContain('exit code 137 (killed, SIGKILL: often for its memory)')
    expect(failure.text).toMatch(/before that ended with exit code 137/)
    expect(failure.text).toContain('eats memory')
  })

  test('a ConfigMap that is missing', async () => {
    const failure = await failureOf({ container: { envFrom: [{ configMapRef: { name: 'absent' } }] } })
    expect(failure).toMatchObject({ code: 'config-missing', reason: expect.stringContaining('"absent" not found') })
    expect(failure.seconds).toBeLessThan(15)
  })

  test('a command that does not exist', async () => {
    const failure = await failureOf({ container: { command: ['/absent'] } })
    expect(failure).toMatchObject({ code: 'crash', reason: expect.stringContaining('/absent') })
    expect(failure.seconds).toBeLessThan(15)
  })

  // A busy node keeps its events back for more than 20 s: reasons.test.ts has what they add.
  test('pods that never get ready', async () => {
    const failure = await failureOf({ env: { READY_AFTER: 'never' } }, 8)
    expect(failure).toMatchObject({ code: 'not-ready' })
    expect(failure.reason).toContain('no progress within progress-timeout: 8 s')
    expect(failure.text).toContain('app: running, not ready')
    expect(failure.text).toContain('version v1 starts')
    expect(failure.seconds).toBeLessThan(25)
  })

  test('a program without a readiness probe that ends after two seconds', async () => {
    const env = { EXIT_AFTER: '2s', EXIT_STATUS: '4' }
    const failure = await failureOf({ env, container: { readinessProbe: undefined } })
    expect(failure).toMatchObject({ code: 'crash' })
    expect(failure.reason).toContain('the container ends again and again: exit code 4')
    expect(failure.text).toContain('ends with status 4')
  })

  test('a pod that no node can take, and a quota that is used up, after a minute', async () => {
    const { api: reader } = await reach(cluster)
    const [large, full] = [await newNamespace(), await newNamespace()]
    const resources = { requests: { cpu: '500' } }
    await apply(large, workload('Deployment', 'api', { image, replicas: 1, container: { resources } }))
    const quota = { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'q' }, spec: { hard: { pods: '0' } } }
    await apply(full, quota, workload('StatefulSet', 'db', { image, replicas: 1 }))
    const began = performance.now()
    const outcomes = await Promise.all([
      follow(reader, large, [api]),
      follow(reader, full, [{ kind: 'StatefulSet', name: 'db' }]),
    ])
    const [unschedulable, overQuota] = outcomes.map(failed)
    expect(unschedulable).toMatchObject({
      code: 'unschedulable',
      reason: expect.stringContaining('Insufficient cpu'),
    })
    expect(overQuota).toMatchObject({ code: 'quota', reason: expect.stringContaining('exceeded quota: q') })
    expect(overQuota?.text).toContain('event FailedCreate')
    expect(performance.now() - began).toBeGreaterThan(55_000)
    expect(performance.now() - began).toBeLessThan(80_000)
  })

  test('a Job that fails, at once and with its log', async () => {
    const namespace = await newNamespace()
    const { api: reader } = await reach(cluster)
    await apply(namespace, workload('Job', 'migrate', { image, env: { EXIT_AFTER: '1s', EXIT_STATUS: '4' } }))
    const failure = failed(await follow(reader, namespace, [{ kind: 'Job', name: 'migrate' }]))
    expect(failure).toMatchObject({ code: 'kubernetes-job-failed', workload: 'job/migrate' })
    expect(failure.reason).toContain('BackoffLimitExceeded')
    expect(failure.reason).toContain('exit code 4')
    expect(failure.text).toContain('ends with status 4')
  })

  test('a way to the API server that is cut for 20 s is waited for', async () => {
    const namespace = await newNamespace()
    const reached = await reach(cluster)
    await apply(namespace, workload('Deployment', 'api', { image, env: { READY_AFTER: '12s' } }))
    const lines: string[] = []
    // Less than the time without an answer: what was not seen is no lack of progress.
    const following = follow(reached.api, namespace, [api], {
      progressTimeout: 15,
      onProgress: (line) => lines.push(line),
    })
    await new Promise((resolve) => setTimeout(resolve, 2000))
    reached.cut()
    await new Promise((resolve) => setTimeout(resolve, 20_000))
    await reached.restore()
    expect(await following).toMatchObject({ ok: true, workloads: [{ ready: 2, complete: true }] })
    expect(lines).toContain('the API server does not answer; waiting for it')
  })

  test('a deadline ends it, with what the pod says', async () => {
    const namespace = await newNamespace()
    const { api: reader } = await reach(cluster)
    await apply(namespace, workload('Deployment', 'api', { image, env: { READY_AFTER: 'never' } }))
    const failure = failed(await follow(reader, namespace, [api], { deadline: 6 }))
    expect(failure).toMatchObject({ code: 'deadline', remedy: expect.stringContaining('deadline') })
    expect(failure.reason).toMatch(/when the deadline passed\. Pod api-\S+: a probe of the pod fails/)
    expect(failure.text).toContain('version v1 starts')
  })

  test('a workload that does not exist', async () => {
    const namespace = await newNamespace()
    const { api: reader } = await reach(cluster)
    const failure = failed(await follow(reader, namespace, [api]))
    expect(failure).toMatchObject({ code: 'workload-missing', reason: 'deployment/api: it does not exist.' })
  })

  test('a cancel ends it at once, with what is known', async () => {
    const namespace = await newNamespace()
    const { api: reader, requests } = await reach(cluster)
    await apply(namespace, workload('Deployment', 'api', { image, env: { READY_AFTER: 'never' } }))
    const cancel = new AbortController()
    const following = follow(reader, namespace, [api], { signal: cancel.signal })
    await expect.poll(() => requests.watches.includes('pods'), { timeout: 20_000 }).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 2000))
    const began = performance.now()
    cancel.abort()
    const failure = failed(await following)
    expect(performance.now() - began).toBeLessThan(500)
    expect(failure).toMatchObject({ code: 'interrupted' })
    expect(failure.text).toContain('app: running, not ready')
    expect(failure.evidence.flatMap(({ logs }) => logs)).toEqual([])
  })
})
