import { foldJournal, type JournalEntry, type RecordLine } from '@belay/action-kit'
import type { BelayDeployment, DeploymentPayload } from '@belay/github'
import type { Release, Result, TagsBefore } from '@belay/release-model'
import { describe, expect, test } from 'vitest'
import { conclusionOf } from '../aftercare/src/conclusion.ts'
import { conclusionAtRender, rollbackCommands, rollbackHint } from '../aftercare/src/render.ts'
import { classify, type Serving } from '../aftercare/src/serving.ts'
import { tagCommands, tagHints, withTagWarning } from '../aftercare/src/tags.ts'
import { finalStatusOf, resultOfService, seenVersion } from '../deployment/src/final-status.ts'
import { formerOf, payloadFor } from '../deployment/src/payload.ts'

const sha = (digit: string) => digit.repeat(40)
const payload = (name: string, digit: string, previous?: DeploymentPayload): DeploymentPayload => ({
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
const deployed = (one: DeploymentPayload, id: number): BelayDeployment => ({ id, payload: one, createdAt: '' })
const all = [deployed(v3, 3), deployed(v2, 2), deployed(v1, 1)]
const release = (version: string, digit: string): Release => ({
  id: 'r-new',
  service: 'app',
  environment: 'production',
  version,
  sha: sha(digit),
})
const place = { run: '77/1', slack: { channel: 'C1', ts: '1.000200' }, look: undefined, tags: undefined }

const cluster = {
  namespace: 'shop',
  lease: 'belay-app-production',
  release: 'r-v3',
  workloads: [
    { kind: 'Deployment', name: 'api', revision: '4', images: { app: `registry.test/api@sha256:${'a'.repeat(64)}` } },
    { kind: 'CronJob', name: 'nightly', revision: '', images: { app: 'registry.test/job:1' } },
  ],
}

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
  test('of a release to a cluster names what is live there, by digests and revisions', () => {
    const inCluster = payloadFor(release('v4', '4'), 'deploy', all[0], all, place, [], cluster)
    expect(inCluster?.kubernetes).toEqual(cluster)
    // What is live now, and not what was when that release was made.
    const target = deployed({ ...v2, kubernetes: { namespace: 'old' } }, 2)
    const back = payloadFor(release('previous', '9'), 'rollback', all[0], [target], place, [], cluster)
    expect(back).toEqual({ ...v2, ...place, kubernetes: cluster })
    expect(payloadFor(release('v4', '4'), 'deploy', all[0], all, place)).not.toHaveProperty('kubernetes')
  })
  test('of what is live already keeps what was before that', () => {
    expect(payloadFor(release('v3', '3'), 'deploy', all[0], all, place)).toEqual({ ...v3, ...place })
  })
  test('of going back is that of what it goes back to, so that once more leads further back', () => {
    const back = payloadFor(release('previous', '9'), 'rollback', all[0], all, place)
    expect(back).toEqual({ ...v2, ...place })
    const further = payloadFor(release('previous', '9'), 'rollback', deployed(back as DeploymentPayload, 4), all, place)
    expect(further?.version).toBe('v1')
  })
  test('of going back to a release by its id is that release’s', () => {
    const ids = [
      '20261121T100527Z-111111111111-4711-1-9f86d081',
      '20261122T100527Z-222222222222-4712-1-9f86d082',
    ] as const
    const two = [deployed({ ...v2, release: ids[1] }, 2), deployed({ ...v1, release: ids[0] }, 1)]
    expect(payloadFor(release(ids[0], '9'), 'rollback', two[0], two, place)).toEqual({
      ...v1,
      ...place,
      release: ids[0],
    })
    expect(
      payloadFor(release('20250101T000000Z-333333333333-4713-1-9f86d083', '9'), 'rollback', two[0], two, place),
    ).toBeUndefined()
  })
  test('of going back to a version is that version’s', () => {
    expect(payloadFor(release('v1', '1'), 'rollback', all[0], all, place)?.release).toBe('r-v1')
  })
  test('of going back to what GitHub does not know is none', () => {
    expect(payloadFor(release('previous', '9'), 'rollback', all[2], all, place)).toBeUndefined()
  })
})

describe('what is live at Render', () => {
  const live = (id: string) => [{ id: 'srv-1', name: 'api', url: 'https://render/srv-1', deploy: id, commit: sha('1') }]
  const now = { version: 'v2', sha: sha('2') }
  // v1 found nothing of Belay's, v2 found v1.
  const first = payloadFor(release('v1', '1'), 'deploy', undefined, [], place, live('dep-0')) as DeploymentPayload
  const one = deployed({ ...first, release: 'r-v1' }, 1)
  const second = payloadFor(
    { ...release('v2', '2'), ...now },
    'deploy',
    one,
    [one],
    place,
    live('dep-1'),
  ) as DeploymentPayload
  const two = deployed({ ...second, release: 'r-v2' }, 2)

  test('is kept before a release, as what that one can go back to', () => {
    expect(second.render).toEqual({ before: live('dep-1'), former: live('dep-1') })
    expect(formerOf(release('previous', '9'), two, [two, one])).toEqual(live('dep-1'))
  })
  test('is not what a release of the same again goes back to', () => {
    const again = payloadFor({ ...release('v2', '2'), ...now }, 'deploy', two, [two, one], place, live('dep-2'))
    expect(again?.render).toEqual({ before: live('dep-2'), former: live('dep-1') })
  })
  test('after going back, once more leads further back', () => {
    const back = payloadFor(
      release('previous', '9'),
      'rollback',
      two,
      [two, one],
      place,
      live('dep-2'),
    ) as DeploymentPayload
    expect(back).toMatchObject({ version: 'v1', render: { before: live('dep-2'), former: live('dep-0') } })
    const three = deployed(back, 3)
    expect(formerOf(release('previous', '9'), three, [three, two, one])).toEqual(live('dep-0'))
  })
  test('with a version that is named is what the release after it found', () => {
    expect(formerOf(release('v1', '1'), two, [two, one])).toEqual(live('dep-1'))
    expect(formerOf(release('v0', '0'), two, [two, one])).toEqual([])
  })
  test('is reported after a lost runner, and never as committed or rolled back', () => {
    for (const serves of ['new', 'previous', 'mixed', 'other', 'nobody', 'unseen'] as Serving['serves'][])
      expect(['unknown', 'mixed']).toContain(conclusionAtRender({ serves, detail: 'so' }, 'v2').result)
    const [api] = live('dep-1')
    expect(api && rollbackHint(api)).toBe(
      'dep-1 (111111111111) was live before. If it is not live now, roll back to it: https://render/srv-1',
    )
    expect(rollbackCommands({ before: live('dep-1'), former: [] })).toContain(
      `/v1/services/srv-1/rollback \\\n  -H "Authorization: Bearer $RENDER_API_KEY"`,
    )
  })
})

describe('what the tags name', () => {
  const digest = (letter: string) => `sha256:${letter.repeat(64)}`
  const image = 'ghcr.io/acme/app'
  const before: TagsBefore = { image, digest: digest('b'), tags: [{ tag: 'latest', digest: digest('a') }] }
  const command = `docker buildx imagetools create --tag ${image}:latest ${image}@${digest('a')}`

  const kept = payloadFor(release('v4', '4'), 'deploy', all[0], all, { ...place, tags: before }) as DeploymentPayload

  test('is kept before a release', () => {
    expect(kept.tags).toEqual(before)
  })

  test('is not kept by a rollback, which moves no tag', () => {
    const four = deployed({ ...kept, release: 'r-v4' }, 4)
    const five = deployed(payload('v5', '5', four.payload), 5)
    const back = payloadFor(release('previous', '9'), 'rollback', five, [five, four], place)
    expect(back).toMatchObject({ version: 'v4' })
    expect(back?.tags).toBeUndefined()
  })
  test.each<[Serving['serves'], Result]>([
    ['previous', 'unknown'],
    ['nobody', 'unknown'],
    ['unseen', 'unknown'],
    ['mixed', 'mixed'],
    ['other', 'mixed'],
  ])('leaves a lost release whose users get %s at best unknown: %s', (serves, result) => {
    const conclusion = withTagWarning(conclusionOf({ serves, detail: 'so' }, { version: 'v2', previous: 'v1' }), before)
    expect(conclusion).toMatchObject({ result, state: 'error', text: expect.stringContaining('so') })
    expect(conclusion.text).toMatch(/Whether tags of ghcr\.io\/acme\/app were moved is unknown\.$/)
  })
  test('is reported with the command that restores it, and with its condition', () => {
    expect(tagHints(before)).toEqual([
      { target: `${image}:latest`, detail: `if it names sha256:bbbbbbbbbbbb… now, restore it: ${command}` },
    ])
    expect(tagCommands(before)).toBe(
      `# only where the tag names ${digest('b')} now: docker buildx imagetools inspect ${image}:TAG\n${command}`,
    )
  })
  test('is reported whole also where names are long: a line of Slack is cut at 400 characters', () => {
    const long = { ...before, image: `registry.example.com/${'a-long-group/'.repeat(4)}app` }
    for (const { detail } of tagHints(long)) expect(detail.length).toBeLessThan(400)
  })
})

describe('the end of a deployment', () => {
  const journal = (...steps: [service: string, result: Result][]) =>
    foldJournal(
      steps.flatMap(([service, result], index): JournalEntry[] => [
        { step: `s-${index}`, event: 'step-began', action: 'deploy-ssh', mutates: true, service },
        { step: `s-${index}`, event: 'step-ended', seconds: 1, ok: true, result },
      ]),
    )
  test('is of its own service only', () => {
    const job = journal(['app', 'committed'], ['other', 'mixed'], ['app', 'noop'])
    expect(resultOfService(job, 'app')).toBe('committed')
    expect(resultOfService(job, 'third')).toBeUndefined()
  })
  test.each<[Result | undefined, string, string, RegExp]>([
    ['committed', 'success', 'success', /v2 serves and stays/],
    ['committed', 'failure', 'success', /v2 serves and stays/],
    ['noop', 'success', 'success', /live already/],
    ['rolled-back', 'failure', 'failure', /rolled back: v1 serves again/],
    ['unchanged', 'failure', 'failure', /nothing was changed/],
    ['superseded', 'success', 'inactive', /newer/],
    ['mixed', 'failure', 'error', /old and new serve together/],
    ['undo-started', 'failure', 'error', /rollback was started, and its end was not observed/],
    ['unknown', 'cancelled', 'error', /The result is unknown/],
    [undefined, 'failure', 'failure', /not released/],
    [undefined, 'success', 'inactive', /not released/],
  ])('that is %s in a job of %s is %s', (result, status, state, words) => {
    const finalStatus = finalStatusOf(
      result,
      status,
      { way: 'deploy', sha: sha('2'), version: 'v2', previous: 'v1' },
      undefined,
    )
    expect(finalStatus.replaces).toBe(state === 'success')
    expect(finalStatus.state).toBe(state)
    expect(finalStatus.description).toMatch(words)
  })
})

describe('the end of a rollback', () => {
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
    [sha('1'), 'error', /rolled back to 111111111111, not to v2/],
  ])('where the gate observed %s is %s', (version, state, words) => {
    const finalStatus = finalStatusOf('committed', 'success', made, seenVersion([gate(sha('9')), gate(version)]))
    expect(finalStatus).toMatchObject({ state, description: expect.stringMatching(words), replaces: true })
  })
  test('that changed nothing replaces nothing', () => {
    expect(finalStatusOf('unchanged', 'failure', made, sha('1'))).toMatchObject({ state: 'failure', replaces: false })
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
