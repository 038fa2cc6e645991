import { foldJournal, type JournalEntry } from '@belay/action-kit'
import type { Deployed, Payload } from '@belay/github'
import type { RecordLine, Release, Result } from '@belay/release'
import { describe, expect, test } from 'vitest'
import { classify } from '../aftercare/src/serving.ts'
import { endingOf, resultOfService, seenVersion } from '../deployment/src/ending.ts'
import { payloadFor } from '../deployment/src/payload.ts'

const sha = (digit: string) => digit.repeat(40)
const payload = (name: string, digit: string, previous?: Payload): Payload => ({
  service: 'app',
  release: `r-${name}`,
  version: name,
  sha: sha(digit),
  run: '1/1',
  previous: previous && { release: previous.release, version: previous.version, sha: previous.sha },
  slack: undefined,
  look: undefined,
})
const [v1, v2, v3] = [
  payload('v1', '1'),
  payload('v2', '2', payload('v1', '1')),
  payload('v3', '3', payload('v2', '2')),
]
const deployed = (one: Payload, id: number): Deployed => ({ id, payload: one, createdAt: '' })
const all = [deployed(v3, 3), deployed(v2, 2), deployed(v1, 1)]
const release = (version: string, digit: string): Release => ({
  id: 'r-new',
  service: 'app',
  environment: 'production',
  version,
  sha: sha(digit),
})
const place = { run: '77/1', slack: { channel: 'C1', ts: '1.000200' }, look: undefined }

describe('the payload', () => {
  test('of a release names what was live before it, and where its message stands', () => {
    expect(payloadFor(release('v4', '4'), 'deploy', all[0], all, place)).toEqual({
      ...payload('v4', '4', v3),
      ...place,
      release: 'r-new',
    })
  })
  test('of the first release names nothing before it', () => {
    expect(payloadFor(release('v1', '1'), 'deploy', undefined, [], place)?.previous).toBeUndefined()
  })
  test('of what is live already keeps what was before that', () => {
    expect(payloadFor(release('v3', '3'), 'deploy', all[0], all, place)).toEqual({ ...v3, ...place })
  })
  test('of going back is that of what it goes back to, so that once more leads further back', () => {
    const back = payloadFor(release('previous', '9'), 'rollback', all[0], all, place)
    expect(back).toEqual({ ...v2, ...place })
    const further = payloadFor(release('previous', '9'), 'rollback', deployed(back as Payload, 4), all, place)
    expect(further?.version).toBe('v1')
  })
  test('of going back to a version is that version’s', () => {
    expect(payloadFor(release('v1', '1'), 'rollback', all[0], all, place)?.release).toBe('r-v1')
  })
  test('of going back to what GitHub does not know is none', () => {
    expect(payloadFor(release('previous', '9'), 'rollback', all[2], all, place)).toBeUndefined()
  })
})

describe('the end of a deployment', () => {
  const journal = (...steps: [service: string, result: Result][]) =>
    foldJournal(
      steps.flatMap(([service, result], index): JournalEntry[] => [
        { step: `s-${index}`, event: 'began', action: 'deploy-ssh', mutates: true, service },
        { step: `s-${index}`, event: 'ended', ok: true, result },
      ]),
    )
  test('is of its own service alone', () => {
    const job = journal(['app', 'committed'], ['other', 'mixed'], ['app', 'noop'])
    expect(resultOfService(job, 'app')).toBe('committed')
    expect(resultOfService(job, 'third')).toBeUndefined()
  })
  test.each<[Result | undefined, string, string, RegExp]>([
    ['committed', 'success', 'success', /v2 serves and stays/],
    ['committed', 'failure', 'success', /v2 serves and stays/],
    ['noop', 'success', 'success', /live already/],
    ['rolled-back', 'failure', 'failure', /taken back: v1 serves again/],
    ['unchanged', 'failure', 'failure', /nothing was changed/],
    ['superseded', 'success', 'inactive', /newer/],
    ['mixed', 'failure', 'error', /side by side/],
    ['undo-started', 'failure', 'error', /nobody saw/],
    ['unknown', 'cancelled', 'error', /Nobody could see/],
    [undefined, 'failure', 'failure', /not released/],
    [undefined, 'success', 'inactive', /not released/],
  ])('that is %s in a job of %s is %s', (result, status, state, words) => {
    const ending = endingOf(result, status, { way: 'deploy', sha: sha('2'), version: 'v2', previous: 'v1' }, undefined)
    expect(ending.replaces).toBe(state === 'success')
    expect(ending.state).toBe(state)
    expect(ending.description).toMatch(words)
  })
})

describe('the end of going back', () => {
  const made = { way: 'rollback', sha: sha('2'), version: 'v2', previous: 'v1' } as const
  const gate = (version: string): RecordLine => ({
    at: '',
    step: 'health-gate-1',
    event: 'gate',
    verdict: 'pass',
    reason: '',
    attempts: 3,
    version,
  })
  test.each([
    [sha('2'), 'success', /v2 serves/],
    ['no sha', 'success', /v2 serves/],
    [sha('1'), 'error', /went back to 111111111111, not to v2/],
  ])('where the gate saw %s is %s', (version, state, words) => {
    const ending = endingOf('committed', 'success', made, seenVersion([gate(sha('9')), gate(version)]))
    expect(ending).toMatchObject({ state, description: expect.stringMatching(words), replaces: true })
  })
  test('that came to nothing replaces nothing', () => {
    expect(endingOf('unchanged', 'failure', made, sha('1'))).toMatchObject({ state: 'failure', replaces: false })
  })
})

describe('what serves', () => {
  const [fresh, before, foreign] = [sha('2'), sha('1'), sha('7')]
  test.each([
    [[fresh, fresh], 'new'],
    [[before], 'previous'],
    [[fresh, before], 'mixed'],
    [[fresh, undefined], 'mixed'],
    [[undefined, before], 'mixed'],
    [[undefined, undefined], 'nobody'],
    [[], 'nobody'],
    [[foreign], 'other'],
  ])('by %j is %s', (versions, serves) => {
    expect(classify(versions, fresh, before)).toBe(serves)
  })
})
