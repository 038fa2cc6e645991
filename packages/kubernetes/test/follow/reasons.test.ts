import { describe, expect, test } from 'vitest'
import type { Failing } from '../../src/follow/evaluate.ts'
import { containersOf, type Pod } from '../../src/follow/objects.ts'
import { failureOf } from '../../src/follow/outcome.ts'
import { reasonFor, reasons } from '../../src/follow/reasons.ts'
import { observed, Played } from './observed.ts'

function failingOf(played: Played): Failing {
  const { evaluation } = played
  if (evaluation.verdict !== 'failed') throw new Error(`the verdict is ${evaluation.verdict}`)
  return evaluation.failing
}

/** What the containers of a pod wait for, or ended with. */
function wordsOf(pod: Pod): string[] {
  return containersOf(pod).flatMap(({ state }) => {
    const word = state?.waiting?.reason ?? (state?.terminated ? `exit ${state.terminated.exitCode}` : undefined)
    return word === undefined ? [] : [word]
  })
}

describe('at once', () => {
  test.each([
    ['invalid-image', 'InvalidImageName', 'image-pull', 'name of the image is not valid'],
    ['never-image', 'ErrImageNeverPull', 'image-pull', 'imagePullPolicy: Never forbids'],
    ['no-image', 'ErrImagePull', 'image-pull', 'is not in the registry: rpc error: code = NotFound'],
    ['private-image', 'ErrImagePull', 'image-pull', 'does not give the image to the cluster: failed to pull'],
    ['denied-image', 'ErrImagePull', 'image-pull', 'does not give the image to the cluster: failed to pull'],
    ['no-config', 'CreateContainerConfigError', 'config-missing', 'is missing: configmap "absent" not found'],
    ['no-key', 'CreateContainerConfigError', 'config-missing', 'is missing: secret "absent" not found'],
    ['no-command', 'RunContainerError', 'crash', 'cannot be started: failed to create containerd task'],
    ['bad-mount', 'RunContainerError', 'crash', 'cannot be started: failed to create containerd task'],
  ])('%s: the first state with %s is %s', (name, word, code, excerpt) => {
    const played = new Played(name).workload()
    const at = played.podsUntilFailure()
    expect(at && wordsOf(at)).toContain(word)
    expect(failureOf(failingOf(played))).toMatchObject({ code, reason: expect.stringContaining(excerpt) })
    const before = observed(name, 'pod').findIndex((pod) => wordsOf(pod).includes(word))
    expect(observed(name, 'pod')[before]).toBe(at)
  })

  test.each([
    ['refused', 'violates PodSecurity "restricted:latest"'],
    ['refused-set', 'violates PodSecurity "restricted:latest"'],
  ])('%s: pods that the cluster refuses', (name, excerpt) => {
    const played = new Played(name).workload()
    if (played.kind === 'StatefulSet') played.events()
    expect(failureOf(failingOf(played))).toMatchObject({ code: 'invalid', reason: expect.stringContaining(excerpt) })
  })

  test.each([
    ['job-fails', 'the Job failed: BackoffLimitExceeded', 'container app: the container ended: exit code 3'],
    ['job-late', 'ran longer than its activeDeadlineSeconds', 'DeadlineExceeded: Job was active longer than'],
  ])('%s: what its Job says before its pods are gone', (name, excerpt, explanation) => {
    const played = new Played(name)
    const failedAt = observed(name, 'Job').findIndex((job) => JSON.stringify(job).includes('FailureTarget'))
    played.workload(failedAt - 1).pods()
    expect(played.failed).toBeUndefined()
    played.workload(failedAt)
    const failure = failureOf(failingOf(played))
    expect(failure).toMatchObject({ code: 'kubernetes-job-failed', reason: expect.stringContaining(excerpt) })
    expect(failure.reason).toContain(explanation)
    expect(JSON.stringify(observed(name, 'Job')[failedAt])).not.toContain('"Failed"')
  })
})

describe('at the second sight', () => {
  test.each(['busy-image', 'broken-image'])('%s: a registry that fails twice', (name) => {
    const played = new Played(name).workload()
    const at = played.podsUntilFailure()
    const pods = observed(name, 'pod')
    const pulls = pods.flatMap((pod, index) => (wordsOf(pod).includes('ErrImagePull') ? [index] : []))
    expect(pods.indexOf(at ?? ({} as Pod))).toBe(pulls[1])
    expect(failureOf(failingOf(played))).toMatchObject({ code: 'image-pull' })
  })

  test('a registry that fails once, and then nothing more for 30 s', () => {
    const played = new Played('broken-image').workload()
    const first = observed('broken-image', 'pod').find((pod) => wordsOf(pod).includes('ErrImagePull')) as Pod
    played.take({ of: 'pod', object: first })
    expect(played.wait(29).failed).toBeUndefined()
    expect(played.wait(1).failed).toBe('ErrImagePull')
  })

  test.each([
    ['crash', 'crash', 'the container ends again and again: exit code 3'],
    ['init-crash', 'crash', 'container prepare: the container ends again and again: exit code 3'],
    ['oom2', 'oom', 'more memory than its limit and was killed: exit code 137'],
  ])('%s: two exits', (name, code, excerpt) => {
    const played = new Played(name).workload(2)
    const at = played.podsUntilFailure() as Pod
    const [container] = containersOf(at)
    const exits = (container?.restartCount ?? 0) + (container?.state?.terminated ? 1 : 0)
    expect(exits).toBe(2)
    expect(failureOf(failingOf(played))).toMatchObject({ code, reason: expect.stringContaining(excerpt) })
  })

  test('unlive: a liveness probe that fails, though every exit is 0', () => {
    const played = new Played('unlive').workload(2).events()
    const at = played.podsUntilFailure() as Pod
    expect(wordsOf(at)).toEqual(['CrashLoopBackOff'])
    expect(failureOf(failingOf(played)).reason).toContain('its liveness or startup probe fails')
  })

  test('exits from before the release do not count', () => {
    const played = new Played('crash').workload(2)
    const running = observed('crash', 'pod').find((pod) => containersOf(pod)[0]?.restartCount === 2) as Pod
    played.podsListed([running])
    expect(played.wait(100).failed).toBeUndefined()
  })

  test('unready: progressDeadlineSeconds, with the probe that fails', () => {
    const played = new Played('unready').workload().pods().events()
    expect(played.wait(29).failed).toBeUndefined()
    played.wait(1)
    const { code, reason } = failureOf(failingOf(played))
    expect(code).toBe('not-ready')
    expect(reason).toContain('within progressDeadlineSeconds')
    expect(reason).toContain('Readiness probe failed: HTTP probe failed with statuscode: 503')
  })
})

describe('after a minute', () => {
  test.each([
    ['no-volume', 'config-missing', 'configmap "absent" not found'],
    ['no-account', 'config-missing', 'serviceaccount "absent" not found'],
    ['quota', 'quota', 'exceeded quota: q'],
  ])('%s', (name, code, excerpt) => {
    const played = new Played(name).workload()
    if (name !== 'no-account') played.pods()
    played.events()
    expect(played.wait(59).failed).toBeUndefined()
    played.wait(1)
    expect(failureOf(failingOf(played))).toMatchObject({ code, reason: expect.stringContaining(excerpt) })
  })

  test.each([
    ['huge', 'unschedulable', '1 Insufficient cpu'],
    ['elsewhere', 'unschedulable', "didn't match Pod's node affinity/selector"],
    ['no-claim', 'volume', 'persistentvolumeclaim "absent" not found'],
  ])('%s: once it is known that no autoscaler adds a node', (name, code, excerpt) => {
    const played = new Played(name).workload().pods()
    expect(played.wait(59).evaluation).toEqual({ verdict: 'going', ask: [] })
    const uid = observed(name, 'pod').at(-1)?.metadata.uid ?? ''
    expect(played.wait(1).evaluation).toEqual({ verdict: 'going', ask: [uid] })
    played.take({ of: 'scaling', pod: uid, up: true })
    expect(played.evaluation).toEqual({ verdict: 'going', ask: [] })
    // The answer holds for 20 s.
    expect(played.wait(20).evaluation).toEqual({ verdict: 'going', ask: [uid] })
    played.take({ of: 'scaling', pod: uid, up: false })
    expect(failureOf(failingOf(played))).toMatchObject({ code, reason: expect.stringContaining(excerpt) })
  })

  test('a mount that succeeds in between is no failure', () => {
    const played = new Played('no-volume').workload().pods().events()
    const pod = observed('no-volume', 'pod').at(-1) as Pod
    const [container] = containersOf(pod)
    const running = { ...container, state: { running: {} } }
    played.take({ of: 'pod', object: { ...pod, status: { ...pod.status, containerStatuses: [running] } } })
    expect(played.wait(100).failed).toBeUndefined()
  })
})

describe('after progress-timeout', () => {
  test('unready: with what the pod says', () => {
    const played = new Played('unready', { progressTimeout: 120 }).workload(2).pods().events()
    expect(played.wait(119).failed).toBeUndefined()
    played.wait(1)
    const { code, reason } = failureOf(failingOf(played))
    expect(code).toBe('not-ready')
    expect(reason).toMatch(
      /no progress within progress-timeout: 120 s\. Pod unready-\S+: a probe of the pod fails: Readi/,
    )
  })

  test('a Job whose pod runs is left to its own deadline', () => {
    const played = new Played('job-good', { progressTimeout: 120 }).workload().pods()
    expect(played.wait(10_000).failed).toBeUndefined()
  })
})

describe('the table', () => {
  test.each([
    ['container', 'CreateContainerConfigError', 'failed to sync configmap cache: timed out waiting', 'second'],
    ['container', 'CreateContainerConfigError', 'container has runAsNonRoot and image will run as root', 'none'],
    ['container', 'CreateContainerError', 'context deadline exceeded', 'second'],
    ['container', 'CreateContainerError', 'failed to generate container spec', 'none'],
    ['container', 'StartError', 'exec: "/absent": no such file', 'none'],
    ['container', 'ErrImagePull', 'reading manifest v9 in registry.example/x: manifest unknown', 'none'],
    ['container', 'ErrImagePull', 'pull access denied, repository does not exist', 'none'],
    ['container', 'ErrImagePull', 'dial tcp 192.0.2.1:443: connect: connection refused', 'second'],
    ['container', 'ErrImagePull', 'lookup registry.example: no such host', 'second'],
    ['container', 'SignatureValidationFailed', '', 'none'],
    ['pod', 'Evicted', 'The node was low on resource: memory.', 'progress'],
    ['pod', 'failed', '', 'none'],
    ['event', 'FailedAttachVolume', 'Multi-Attach error for volume "v"', 'minute'],
    ['event', 'FailedMount', 'MountVolume.SetUp failed for volume "nfs" : mount failed: exit status 32', 'minute'],
    ['event', 'FailedCreatePodSandBox', 'plugin type="bridge" failed', 'progress'],
    ['workload', 'FailedCreate', 'Internal error occurred: failed calling webhook "x": timeout', 'minute'],
    ['workload', 'FailedCreate', 'admission webhook "x" denied the request: no', 'none'],
    ['workload', 'FailedCreate', 'something else', 'minute'],
  ] as const)('%s %s %s: patience %s', (at, word, message, patience) => {
    expect(reasonFor(at, { word, message })?.patience).toBe(patience)
  })

  test('what is not in it is no failure', () => {
    expect(reasonFor('container', { word: 'ContainerCreating', message: '' })).toBeUndefined()
  })

  test('every row can be found, and says what is wrong and how to fix it', () => {
    for (const reason of reasons) {
      const earlier = reasons.slice(0, reasons.indexOf(reason))
      const words = reason.words.filter((word) =>
        earlier.every((other) => other.at !== reason.at || other.message || !other.words.includes(word)),
      )
      expect(words, reason.what).toEqual(reason.words)
      expect(reason.what).toMatch(/^\S.*[^.]$/)
      expect(reason.remedy).toMatch(/^[a-z].*\.$/)
    }
  })
})
