import { describe, expect, test } from 'vitest'
import { placeProblems } from '../../src/checks/places.ts'
import type { SeenPlace, SeenSlots } from '../../src/observe/place.ts'
import { type Version, v1, v2 } from '../../src/version.ts'

const place = { service: 'acme-api', place: 'host-1', locked: [], open: [] }

describe('a service whose restart is the switch', () => {
  const good: SeenPlace = {
    ...place,
    answers: [{ url: '', sha: v1.sha }],
    current: { link: 'releases/v1', sha: v1.sha },
  }
  const problems = (more: Partial<SeenPlace>, version: Version | undefined = v1) =>
    placeProblems({ ...good, ...more }, { version, idleStopped: false, staysOpen: false })

  test('what is promised is no problem', () => {
    expect(problems({})).toEqual([])
    const empty = { answers: [{ url: '', sha: undefined }], current: { link: undefined, sha: undefined } }
    expect(placeProblems({ ...good, ...empty }, { version: undefined, idleStopped: false, staysOpen: false })).toEqual(
      [],
    )
  })

  test('in a cluster nothing may be left in a slot, unless the next release is to empty it', () => {
    const filled: SeenPlace = {
      ...{ service: 'acme-shop', place: '', answers: [], locked: [], open: [] },
      idle: [{ url: 'deployment/acme-shop-blue', sha: v1.sha }],
    }
    const nothing = { version: undefined, idleStopped: false }
    expect(placeProblems(filled, { ...nothing, staysOpen: false })).toEqual(['deployment/acme-shop-blue must be gone'])
    const open = { locked: ['belay-acme-shop'], open: ['open 1'] }
    expect(placeProblems({ ...filled, ...open }, { ...nothing, staysOpen: true })).toEqual([])
  })

  test.each<[string, Partial<SeenPlace>, string]>([
    [
      'another process',
      { answers: [{ url: '', sha: v2.sha }] },
      `acme-api on host-1 must report ${v1.sha}, but is ${v2.sha}`,
    ],
    [
      'no process',
      { answers: [{ url: '', sha: undefined }] },
      `acme-api on host-1 must report ${v1.sha}, but nothing answers`,
    ],
    [
      'a URL without a version',
      { answers: [{ url: 'http://vps1/', sha: undefined, text: 'answered 502' }] },
      `http://vps1/ must report ${v1.sha}, but answered 502`,
    ],
    [
      'another release',
      { current: { link: 'releases/v2', sha: v2.sha } },
      `the release behind current of acme-api on host-1 (releases/v2) must be ${v1.sha}, but is ${v2.sha}`,
    ],
    ['a lock', { locked: ['/srv/x'] }, 'the lock of acme-api on host-1 is still held'],
    [
      'an open change',
      { open: ['000002-x.armed'] },
      'acme-api on host-1 still has a change that is neither confirmed nor undone: 000002-x.armed',
    ],
  ])('%s', (_, more, problem) => {
    expect(problems(more)).toEqual([problem])
  })

  test('where nothing was released, nothing may answer or be live', () => {
    expect(placeProblems(good, { version: undefined, idleStopped: false, staysOpen: false })).toEqual([
      `acme-api on host-1 must not answer, but answers ${v1.sha}`,
      'acme-api on host-1 must have no current link, but it points to releases/v1',
    ])
  })

  test('a service without files, as on Render, is only asked', () => {
    const { current: _, ...asked } = { ...good, place: '' }
    expect(placeProblems(asked, { version: v1, idleStopped: false, staysOpen: false })).toEqual([])
    expect(placeProblems(asked, { version: v2, idleStopped: false, staysOpen: false })).toEqual([
      `acme-api must report ${v2.sha}, but is ${v1.sha}`,
    ])
  })
})

describe('a service with two slots', () => {
  const active = { port: '5001', sha: v1.sha, content: v1.sha, role: 'active' }
  const stopped = { port: '5011', sha: undefined, content: undefined, role: 'idle' }
  const slots: SeenSlots = { routed: ['5001'], each: [active, stopped] }
  const good: SeenPlace = { ...place, answers: [{ url: '', sha: v1.sha }], slots }
  const withSlots = (each: SeenSlots['each']) => ({ slots: { ...slots, each } })

  test.each<[string, Partial<SeenPlace>, RegExp[]]>([
    ['nothing', {}, []],
    [
      'users get another version',
      { answers: [{ url: '', sha: v2.sha }] },
      [/what users of acme-api on host-1 get must be 4f0c/],
    ],
    [
      'nothing answers behind the proxy',
      { answers: [{ url: '', sha: undefined }] },
      [/must be 4f0c1d7e92b35a6884d1e0f7c3b2a59614d8e7f0, but nothing answers$/],
    ],
    ['the proxy routes to both', { slots: { ...slots, routed: ['5001', '5011'] } }, [/to one slot, not "5001 5011"/]],
    [
      'the state file of the active slot says idle',
      withSlots([{ ...active, role: 'idle' }, stopped]),
      [/its state file says idle/],
    ],
    [
      'the idle slot still runs',
      withSlots([active, { ...stopped, sha: v2.sha }]),
      [/must be stopped, but answers b83e/],
    ],
    [
      'the state file of the idle slot says active',
      withSlots([active, { ...stopped, role: 'active' }]),
      [/has no traffic, but/],
    ],
    [
      'its link or image is another',
      withSlots([{ ...active, content: v2.sha }, stopped]),
      [/the release of slot 5001/],
    ],
    ['locks and states', { locked: ['/srv/x'], open: ['1.armed'] }, [/the lock of acme-api/, /1\.armed/]],
  ])('%s', (_, seen, messages) => {
    const problems = placeProblems({ ...good, ...seen }, { version: v1, idleStopped: true, staysOpen: false })
    expect(problems).toHaveLength(messages.length)
    for (const [index, message] of messages.entries()) expect(problems[index]).toMatch(message)
  })

  test('a slot may keep running after a commit, and none may answer if nothing was released', () => {
    const warm = { ...good, ...withSlots([active, { ...stopped, sha: v2.sha }]) }
    expect(placeProblems(warm, { version: v1, idleStopped: false, staysOpen: false })).toEqual([])
    expect(placeProblems(warm, { version: undefined, idleStopped: false, staysOpen: false })).toEqual([
      expect.stringContaining('slot 5001'),
      expect.stringContaining('slot 5011'),
    ])
  })
})

test('a canary that stays has another version, and a share of the users; nothing else has', () => {
  const expected = { version: v1, share: v2, idleStopped: false, staysOpen: false }
  const of = (url: string, { sha }: Version) => ({ url, sha })
  const main = of('deployment/acme-api', v1)
  const canary = [of('deployment/acme-api-canary', v2), of('pod/acme-api-canary-1', v2)]
  const problems = (answers: SeenPlace['answers'], more = expected) => placeProblems({ ...place, answers }, more)
  expect(problems([of('', v2), main, ...canary])).toEqual([])
  expect(problems([of('', v1), main, ...canary])).toEqual([])
  expect(problems([of('', v1), of('deployment/acme-api', v2), ...canary])).toHaveLength(1)
  expect(problems([of('', v1), main, { url: 'pod/acme-api-canary-1', sha: 'another' }])).toHaveLength(1)
  const { share: _, ...undone } = expected
  expect(placeProblems({ ...place, answers: [of('', v1), main, ...canary] }, undone)).toHaveLength(2)
})

test('after a lost runner in a cluster, lock and undo must be there for the next release', () => {
  const expected = { version: v2, idleStopped: false, staysOpen: true }
  const seen: SeenPlace = { ...place, answers: [{ url: '', sha: v2.sha }], locked: ['lease'], open: ['lease-undo'] }
  expect(placeProblems(seen, expected)).toEqual([])
  expect(placeProblems({ ...seen, locked: [], open: [] }, expected)).toEqual([
    'the lock of acme-api on host-1 must be held until the next release',
    'acme-api on host-1 must keep what undoes the release until the next one',
  ])
  expect(placeProblems({ ...seen, answers: [{ url: '', sha: v1.sha }] }, expected)).toHaveLength(1)
})
