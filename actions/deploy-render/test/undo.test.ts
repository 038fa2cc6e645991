import { simulateRender, virtualClock } from '@belay/fakes/render'
import { describe, expect, test } from 'vitest'
import type { Dependencies } from '../src/dependencies.ts'
import { digestOf, type SavedDeploys, type SavedService, seal } from '../src/saved.ts'
import { undoDeploys } from '../src/undo.ts'

const old = 'a'.repeat(40)
const fresh = 'b'.repeat(40)

/** One service whose new version this job has made live, or whatever `saved` says instead. */
function open({
  live = true,
  built = true,
  second = false,
  autoDeploy = true,
  more = {},
}: {
  live?: boolean
  built?: boolean
  second?: boolean
  autoDeploy?: boolean | 'checksPass'
  more?: Partial<SavedService>
} = {}) {
  const clock = virtualClock()
  const render = simulateRender({ clock, durations: { update: 100_000 } })
  const place = render.add({
    name: 'api',
    type: 'web_service',
    autoDeploy,
    ...(live && { live: old }),
    env: { KEY: 'new' },
  })
  const ours = built
    ? render.deploys.seed(place, fresh)
    : (render.deploys.order(place, { trigger: 'api', commit: fresh }) as ReturnType<typeof render.deploys.seed>)
  const before = place.deploys.find(({ commit }) => commit?.id === old)
  let saved: SavedDeploys = {
    service: 'acme',
    apiUrl: '',
    groups: [
      [
        {
          id: place.service.id,
          name: 'api',
          dashboardUrl: 'https://dashboard.render.com/web/x',
          content: { commit: fresh },
          previous: before && { id: before.id, name: old },
          autoDeploy: false,
          pinnedByDisk: false,
          deployId: ours.id,
          ...more,
        },
      ],
    ],
  }
  if (second) {
    const other = render.add({ name: 'second', type: 'web_service', live: old })
    const previous = other.deploys[0]?.id ?? ''
    const deployId = render.deploys.seed(other, fresh).id
    const [[first] = []] = saved.groups
    const { id } = other.service
    if (first)
      saved = {
        ...saved,
        groups: [[first], [{ ...first, id, name: 'second', previous: { id: previous, name: old }, deployId }]],
      }
  }
  const dependencies: Dependencies = {
    clock,
    random: () => 0.5,
    transport:
      () =>
      async ({ method, path, body }) => {
        const authorization = `Bearer ${render.key}`
        const text = body === undefined ? '' : JSON.stringify(body)
        const reply = render.take({ method, path: `/v1${path}`, authorization, body: text })
        if (reply.kind !== 'answer') throw new Error('nothing is scripted here')
        return { status: reply.status, headers: {}, body: Buffer.from(reply.body) }
      },
    commits: () => ({ relation: async () => 'ahead', changed: async () => undefined }),
    probeTarget: ({ url }) => ({ name: url.href, find: async () => ({ instances: [], skipped: [] }) }),
  }
  const warnings: string[] = []
  const voice = { save: () => {}, warn: (text: string) => void warnings.push(text) }
  const undoAll = (seconds: number, key = render.key) =>
    clock.run(undoDeploys(saved, key, dependencies, clock.now() + seconds * 1000, voice))
  const undo = async (seconds: number, key?: string) => (await undoAll(seconds, key))[0]
  return { render, place, undo, undoAll, warnings, clock }
}

test('a rollback that takes longer than there is time ends as undo-started, with the way by hand', async () => {
  const { undo } = open()
  const first = await undo(20)
  expect(first).toMatchObject({ target: 'api on Render', result: 'undo-started' })
  expect(first?.detail).toMatch(/undo requested, outcome unknown.*roll api back to dep-\w+ at https:/)
})

test('a second undo follows the rollback of the first and requests none (rule 10)', async () => {
  const { undo, place, clock } = open()
  await undo(20)
  expect(await undo(200)).toMatchObject({ result: 'rolled-back' })
  expect(place.deploys.filter(({ trigger }) => trigger === 'rollback')).toHaveLength(1)
  await clock.run(clock.sleep(1000))
  expect(await undo(200)).toMatchObject({ result: 'rolled-back' })
  expect(place.deploys.filter(({ trigger }) => trigger === 'rollback')).toHaveLength(1)
})

test('what somebody else deployed during the release is left as it is, live or under way', async () => {
  const done = open()
  done.render.deploys.seed(done.place, 'c'.repeat(40))
  expect(await done.undo(200)).toMatchObject({ result: 'superseded' })
  const under = open()
  under.render.deployElsewhere('api', 'c'.repeat(40))
  expect(await under.undo(200)).toMatchObject({ result: 'mixed', detail: expect.stringContaining('under way') })
  expect(under.place.deploys.some(({ trigger }) => trigger === 'rollback')).toBe(false)
})

describe('another deploy of the same commit', () => {
  test('that went live after ours is rolled back', async () => {
    const { render, place, undo } = open()
    render.deploys.seed(place, fresh)
    expect(await undo(200)).toMatchObject({ result: 'rolled-back' })
    expect(render.deploys.live(place)?.commit?.id).toBe(old)
  })

  test('that is under way behind ours is rolled back', async () => {
    const { render, place, undo } = open()
    render.deployElsewhere('api', fresh, 'new_commit')
    expect(await undo(200)).toMatchObject({ result: 'rolled-back' })
    expect(render.deploys.live(place)?.commit?.id).toBe(old)
  })

  // The step ended before it could follow the deploy of that push.
  test('whose push cancelled ours in its build never goes live', async () => {
    const { render, place, undo, clock } = open({ built: false })
    render.deployElsewhere('api', fresh, 'new_commit')
    expect(await undo(200)).toMatchObject({ result: 'rolled-back' })
    await clock.run(clock.sleep(600_000))
    expect(render.deploys.live(place)?.commit?.id).toBe(old)
  })
})

test('what somebody else has under way beside what stayed is named', async () => {
  const { undo, render, place } = open({ built: false })
  const theirs = render.deployElsewhere('api', 'c'.repeat(40))
  expect(await undo(200)).toMatchObject({ result: 'rolled-back', detail: expect.stringContaining(theirs?.id ?? '') })
  expect(place.running?.deploy.id).toBe(theirs?.id)
})

test('neither auto-deploy nor a variable that Render refuses holds the way back up', async () => {
  const env = [{ key: 'KEY', sealedBefore: seal('former', 'rnd_fake'), setDigest: digestOf('new', 'rnd_fake') }]
  const { undo, render, warnings, place } = open({ more: { autoDeploy: true, env } })
  render.script('update-service', [{ does: 'fail', status: 402, accepted: false }])
  render.script('env-vars', [{ does: 'answer' }, { does: 'fail', status: 400, accepted: false }])
  expect(await undo(200)).toMatchObject({ result: 'rolled-back' })
  expect(place.env.get('KEY')).toBe('new')
  expect(warnings).toEqual([
    expect.stringMatching(/auto-deploy could not be switched off.*402/),
    expect.stringMatching(/KEY could not be restored.*400/),
  ])
})

test('auto-deploy that waits for checks is switched off as well', async () => {
  const { undo, place, warnings } = open({ more: { autoDeploy: true }, autoDeploy: 'checksPass' })
  expect(await undo(200)).toMatchObject({ result: 'rolled-back' })
  expect(place.service.autoDeployTrigger).toBe('off')
  expect(warnings).toEqual([expect.stringContaining('auto-deploy is off now')])
})

test('the time that others leave is used to see the end of one that was only told', async () => {
  const { undoAll, render } = open({ second: true })
  render.plan('second', [{ update: 120_000 }])
  render.plan('api', [{ update: 10_000 }])
  expect(await undoAll(200)).toMatchObject([
    { target: 'second on Render', result: 'rolled-back' },
    { target: 'api on Render', result: 'rolled-back' },
  ])
})

test('a deploy that Render does not know any more is said to be so, with time to spare', async () => {
  const { undo, place, clock } = open()
  const began = clock.now()
  place.deploys.pop()
  expect(await undo(200)).toMatchObject({
    result: 'mixed',
    detail: expect.stringContaining('does not know the deploy'),
  })
  expect(clock.now() - began).toBeLessThan(100_000)
})

test('where nothing was live before, that is said', async () => {
  expect(await open({ live: false }).undo(200)).toMatchObject({
    result: 'mixed',
    detail: expect.stringContaining('nothing was live'),
  })
})

test('a disk that was not named stays', async () => {
  expect(await open({ more: { pinnedByDisk: true } }).undo(200)).toMatchObject({ result: 'committed', stays: true })
})

test('a rollback that fails is named', async () => {
  const { undo, render } = open()
  render.plan('api', [{ endsAs: 'update_failed', failure: { nonZeroExit: 9 } }])
  expect(await undo(240)).toMatchObject({
    result: 'mixed',
    detail: expect.stringContaining('(it ended with status 9)'),
  })
})

describe('a variable that was set', () => {
  const openWith = (key: string) =>
    open({ more: { env: [{ key: 'KEY', sealedBefore: seal('former', key), setDigest: digestOf('new', key) }] } })

  test('returns where it still holds what was set', async () => {
    const { undo, place } = openWith('rnd_fake')
    expect(await undo(240)).toMatchObject({ result: 'rolled-back' })
    expect(place.env.get('KEY')).toBe('former')
  })

  test('is kept, with a warning, if somebody else changed it (rule 5)', async () => {
    const { undo, place, warnings } = openWith('rnd_fake')
    place.env.set('KEY', 'theirs')
    await undo(240)
    expect(place.env.get('KEY')).toBe('theirs')
    expect(warnings).toEqual([expect.stringContaining('KEY was changed by somebody else')])
  })

  test('is kept, with a warning, if it was sealed with another key', async () => {
    const { undo, warnings } = openWith('rnd_another-key')
    expect(await undo(240)).toMatchObject({ result: 'rolled-back' })
    expect(warnings).toEqual([expect.stringContaining('keeps its new value')])
  })
})
