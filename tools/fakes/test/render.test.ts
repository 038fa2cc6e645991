// biome-ignore-all lint/style/noExcessiveLinesPerFile: one fake server, asked for all that docs/research/render-api.md says of it
import { describe, expect, test } from 'vitest'
import { type DeployBehaviour, type RenderOptions, simulateRender, virtualClock } from '../src/render/index.ts'

const old = 'a'.repeat(40)
const fresh = 'b'.repeat(40)

function open(options: Omit<RenderOptions, 'clock'> = {}) {
  const clock = virtualClock()
  const render = simulateRender({ ...options, clock })
  const ask = (method: string, path: string, body?: unknown, key = render.key) => {
    const reply = render.take({
      method,
      path: path.startsWith('/deploy/') ? path : `/v1${path}`,
      authorization: `Bearer ${key}`,
      body: body === undefined ? '' : JSON.stringify(body),
    })
    if (reply.kind !== 'answer') return { status: 0, headers: {}, body: reply.kind as never }
    return {
      status: reply.status,
      headers: reply.headers,
      body: reply.body === '' ? undefined : JSON.parse(reply.body),
    }
  }
  const pass = (seconds: number) => clock.run(clock.sleep(seconds * 1000))
  const add = (spec: Partial<Parameters<typeof render.add>[0]> = {}) =>
    render.add({ name: 'api', type: 'web_service', live: old, ...spec }).service.id
  /** Every status that a deploy shows until it has ended. */
  const watch = async (id: string, deploy: string) => {
    const seen: string[] = []
    for (let look = 0; look < 400; look++) {
      const { status } = ask('GET', `/services/${id}/deploys/${deploy}`).body
      if (seen.at(-1) !== status) seen.push(status)
      await pass(1)
    }
    return seen
  }
  return { render, clock, ask, pass, add, watch }
}

describe('a request', () => {
  test('without the key is 401, of an unknown id 404, each with a message', () => {
    const { ask, add } = open()
    const id = add()
    expect(ask('GET', `/services/${id}`, undefined, 'wrong')).toMatchObject({
      status: 401,
      body: { message: 'Unauthorized' },
    })
    expect(ask('GET', '/services/srv-x')).toMatchObject({ status: 404, body: { message: 'not found: srv-x' } })
    expect(ask('GET', `/services/${id}/deploys/dep-x`)).toMatchObject({
      status: 404,
      body: { message: 'not found: dep-x' },
    })
  })

  test('always gets its limit; the eleventh deploy of a minute is 429 until the minute is over', async () => {
    const { ask, add, pass } = open()
    const id = add()
    const other = add({ name: 'other' })
    const statuses = Array.from({ length: 11 }, () => ask('POST', `/services/${id}/deploys`, {}))
    expect(statuses.map(({ status }) => status)).toEqual([...Array(10).fill(201), 429])
    expect(statuses[0]?.headers).toMatchObject({
      'Ratelimit-Limit': '10',
      'Ratelimit-Remaining': '9',
      'Ratelimit-Reset': '60',
    })
    expect(statuses[10]).toMatchObject({ headers: { 'Retry-After': '60' }, body: { message: 'rate limit exceeded' } })
    expect(ask('POST', `/services/${other}/deploys`, {}).status).toBe(201)
    expect(ask('GET', `/services/${id}`).headers).toMatchObject({ 'Ratelimit-Limit': '400' })
    await pass(61)
    expect(ask('POST', `/services/${id}/deploys`, {}).status).toBe(201)
  })

  test('fails as scripted, accepted or not', () => {
    const { ask, add, render } = open()
    const id = add()
    render.script('trigger-deploy', [
      { does: 'limit' },
      { does: 'fail', status: 503, accepted: false },
      { does: 'reset', accepted: true },
      { does: 'hang', accepted: false },
    ])
    expect(ask('POST', `/services/${id}/deploys`, {})).toMatchObject({
      status: 429,
      headers: { 'Ratelimit-Reset': '60' },
    })
    expect(ask('POST', `/services/${id}/deploys`, {}).status).toBe(503)
    expect(ask('GET', `/services/${id}/deploys`).body).toHaveLength(1)
    expect(ask('POST', `/services/${id}/deploys`, {}).body).toBe('reset')
    expect(ask('GET', `/services/${id}/deploys`).body).toHaveLength(2)
    expect(ask('POST', `/services/${id}/deploys`, {}).body).toBe('hang')
    expect(render.calls().map(({ answered }) => answered)).toEqual([429, 503, 200, 'reset', 200, 'hang'])
  })
})

describe('lists', () => {
  test('are wrapped, paged by cursors, and take at most a hundred at once', async () => {
    const { ask, add, pass } = open()
    const id = add({ live: old })
    for (let made = 0; made < 104; made++) {
      await pass(7)
      ask('POST', `/services/${id}/deploys`, {})
    }
    const path = `/services/${id}/deploys`
    expect(ask('GET', path).body).toHaveLength(20)
    const all = ask('GET', `${path}?limit=500`).body
    expect(all).toHaveLength(100)
    const rest = ask('GET', `${path}?limit=100&cursor=${all.at(-1).cursor}`).body
    expect(rest).toHaveLength(5)
    const ids = [...all, ...rest].map(({ deploy }: { deploy: { id: string } }) => deploy.id)
    expect(ids).toEqual(ids.toSorted().reverse())
  })

  test('take arrays in both encodings', () => {
    const { ask, add } = open()
    for (const name of ['api', 'web', 'worker']) add({ name })
    const names = (path: string) =>
      ask('GET', path).body.map(({ service }: { service: { name: string } }) => service.name)
    expect(names('/services?name=api,web')).toEqual(['api', 'web'])
    expect(names('/services?name=api&name=web')).toEqual(['api', 'web'])
    expect(names('/services?name=ap')).toEqual([])
  })
})

describe('a deploy', () => {
  test.each([
    ['from git', {}, ['build_in_progress', 'update_in_progress', 'live']],
    [
      'with a pre-deploy command',
      { preDeployCommand: 'migrate' },
      ['build_in_progress', 'pre_deploy_in_progress', 'update_in_progress', 'live'],
    ],
    ['of an image', { image: 'docker.io/acme/api:1', live: 'docker.io/acme/api:1' }, ['update_in_progress', 'live']],
    ['of a static site', { type: 'static_site' as const }, ['build_in_progress', 'update_in_progress', 'live']],
    ['of a cron job', { type: 'cron_job' as const }, ['live']],
  ])('%s goes its way, and the one before it is deactivated', async (_, spec, statuses) => {
    const { ask, add, watch } = open()
    const id = add(spec)
    const [before] = ask('GET', `/services/${id}/deploys`).body
    const made = ask('POST', `/services/${id}/deploys`, {})
    expect(made).toMatchObject({ status: 201, body: { status: statuses[0], trigger: 'api' } })
    expect(made.body.finishedAt === null).toBe(statuses[0] !== 'live')
    expect(await watch(id, made.body.id)).toEqual(statuses)
    expect(ask('GET', `/services/${id}/deploys/${before.deploy.id}`).body.status).toBe('deactivated')
  })

  test('has a commit and no image from git, an image and a null commit where it is one', () => {
    const { ask, add } = open()
    const git = ask('POST', `/services/${add()}/deploys`, { commitId: fresh }).body
    expect(git).toMatchObject({ commit: { id: fresh }, finishedAt: null })
    expect(git).not.toHaveProperty('image')
    const id = add({ name: 'web', image: 'docker.io/acme/api:1', live: 'docker.io/acme/api:1' })
    const image = ask('POST', `/services/${id}/deploys`, { imageUrl: 'docker.io/acme/api:2' }).body
    expect(image).toMatchObject({ commit: null, image: { ref: 'docker.io/acme/api:2' } })
  })

  test.each<[string, DeployBehaviour]>([
    ['build_failed', { endsAs: 'build_failed', failure: { nonZeroExit: 2 } }],
    ['pre_deploy_failed', { endsAs: 'pre_deploy_failed', failure: { timedOutSeconds: 30, timedOutReason: 'slow' } }],
    ['update_failed', { endsAs: 'update_failed', failure: { oomKilled: { memoryLimit: '512MB' } } }],
    ['update_failed', { endsAs: 'update_failed', failure: { earlyExit: true }, pullFailed: 'manifest unknown' }],
    ['update_failed', { endsAs: 'update_failed', failure: { evicted: true, evictionReason: 'node' } }],
    ['update_failed', { endsAs: 'update_failed', failure: { unhealthy: 'HTTP 500' } }],
    ['canceled', { endsAs: 'canceled' }],
  ])('that is to end as %s does, and its events say why', async (status, course) => {
    const { ask, add, watch, render } = open()
    const id = add({ preDeployCommand: 'migrate' })
    render.plan('api', [course])
    const made = ask('POST', `/services/${id}/deploys`, {}).body
    expect((await watch(id, made.id)).at(-1)).toBe(status)
    const events = ask('GET', `/services/${id}/events?limit=100`).body.map(({ event }: { event: object }) => event)
    const ended = events.find(({ type }: { type: string }) => type === 'deploy_ended')
    expect(ended.details).toMatchObject({
      deployId: made.id,
      deployStatus: status === 'canceled' ? 'canceled' : 'failed',
    })
    expect(ended.details.reason.failure ?? {}).toMatchObject(course.failure ?? {})
    expect(events.some(({ type }: { type: string }) => type === 'image_pull_failed')).toBe(
      course.pullFailed !== undefined,
    )
    // The live deploy is unchanged.
    expect(ask('GET', `/services/${id}/deploys?status=live`).body[0].deploy.commit.id).toBe(old)
  })

  test('may show an unknown status', async () => {
    const { ask, add, watch, render } = open()
    const id = add()
    render.plan('api', [{ unknown: 'pondering' }])
    expect(await watch(id, ask('POST', `/services/${id}/deploys`, {}).body.id)).toContain('pondering')
  })

  test('overrides the running one, or waits behind it and appears later', async () => {
    const over = open()
    const id = over.add()
    const [one, two] = [1, 2].map(() => over.ask('POST', `/services/${id}/deploys`, {}).body.id)
    expect(over.ask('GET', `/services/${id}/deploys/${one}`).body.status).toBe('canceled')
    const [event] = over.ask('GET', `/services/${id}/events?type=deploy_ended`).body
    expect(event.event.details.reason.newDeploy.id).toBe(two)

    const wait = open({ overlap: 'wait' })
    const other = wait.add()
    const running = wait.ask('POST', `/services/${other}/deploys`, {}).body.id
    const queued = [1, 2].map(() => wait.ask('POST', `/services/${other}/deploys`, {}))
    expect(queued).toMatchObject([
      { status: 202, body: undefined },
      { status: 202, headers: { 'Content-Length': '0' } },
    ])
    await wait.pass(4)
    const all = wait
      .ask('GET', `/services/${other}/deploys`)
      .body.map(({ deploy }: { deploy: { status: string } }) => deploy.status)
    // The older of the two waiting ones is dropped.
    expect(all).toEqual(['queued', 'canceled', 'build_in_progress', 'live'])
    await wait.pass(300)
    expect(wait.ask('GET', `/services/${other}/deploys/${running}`).body.status).toBe('deactivated')
    expect(wait.ask('GET', `/services/${other}/deploys?status=live`).body).toHaveLength(1)
  })

  test('that waited builds only what was requested', async () => {
    const { ask, add, pass } = open({ overlap: 'wait' })
    const id = add({ preDeployCommand: 'migrate' })
    ask('POST', `/services/${id}/deploys`, {})
    expect(ask('POST', `/services/${id}/deploys`, { deployMode: 'deploy_only' }).status).toBe(202)
    const newest = () => ask('GET', `/services/${id}/deploys?limit=1`).body[0].deploy.status
    const seen = new Set<string>()
    for (let second = 0; second < 200; second++) {
      seen.add(newest())
      await pass(1)
    }
    expect([...seen].filter((status) => status !== 'build_in_progress' && status !== 'pre_deploy_in_progress')).toEqual(
      ['queued', 'update_in_progress', 'live'],
    )
    expect(ask('GET', `/services/${id}/events?type=build_started`).body).toHaveLength(1)
  })

  test('is refused if it contradicts itself or the service', async () => {
    const { ask, add, watch } = open()
    const [git, image, cron, asleep] = [
      add(),
      add({ name: 'image', image: 'docker.io/acme/api:1', live: 'docker.io/acme/api:1' }),
      add({ name: 'cron', type: 'cron_job' }),
      add({ name: 'asleep', suspended: true }),
    ]
    const status = (id: string | undefined, body: object) => ask('POST', `/services/${id}/deploys`, body).status
    for (const more of [{ commitId: fresh }, { clearCache: 'clear' }])
      expect(status(git, { deployMode: 'deploy_only', ...more })).toBe(400)
    expect(status(image, { deployMode: 'deploy_only', imageUrl: 'docker.io/acme/api:2' })).toBe(400)
    expect(status(git, { imageUrl: 'docker.io/acme/api:2' })).toBe(400)
    expect(status(image, { imageUrl: 'docker.io/acme/other:2' })).toBe(400)
    expect(status(image, { imageUrl: `docker.io/acme/api@sha256:${'1'.repeat(64)}` })).toBe(201)
    expect(status(cron, { commitId: fresh })).toBe(400)
    expect(status(asleep, {})).toBe(400)
    const made = ask('POST', `/services/${git}/deploys`, {}).body.id
    const cancel = () => ask('POST', `/services/${git}/deploys/${made}/cancel`)
    expect(cancel()).toMatchObject({ status: 200, body: { status: 'canceled' } })
    expect(cancel().status).toBe(400)
    const rollback = (deployId: string) => ask('POST', `/services/${git}/rollback`, { deployId })
    expect(rollback('dep-x').status).toBe(400)
    expect(rollback(made).status).toBe(400)
    const live = ask('GET', `/services/${git}/deploys?status=live`).body[0].deploy.id
    const back = rollback(live)
    expect(back).toMatchObject({
      status: 201,
      body: { trigger: 'rollback', status: 'update_in_progress', commit: { id: old } },
    })
    expect(back.body.id).not.toBe(live)
    expect(await watch(git as string, back.body.id)).toEqual(['update_in_progress', 'live'])
  })
})

test('a hook needs its own key, is 202 behind another deploy, and of a Blueprint deploys nothing', async () => {
  const { ask, add, render } = open({ overlap: 'wait' })
  const id = add()
  const { hookKey } = render.account.named('api')
  expect(ask('GET', `/deploy/${id}?key=wrong`).status).toBe(401)
  const made = ask('POST', `/deploy/${id}?key=${hookKey}&ref=${fresh}`)
  expect(made).toMatchObject({ status: 200, body: { deploy: { id: expect.stringMatching(/^dep-[0-9a-v]{20}$/) } } })
  expect(ask('GET', `/services/${id}/deploys/${made.body.deploy.id}`).body).toMatchObject({
    trigger: 'deploy_hook',
    commit: { id: fresh },
  })
  expect(ask('GET', `/deploy/${id}?key=${hookKey}`)).toMatchObject({ status: 202, body: undefined })
  const image = render.add({ name: 'web', type: 'web_service', image: 'docker.io/acme/web:1' }).service.id
  const { hookKey: imageKey } = render.account.named('web')
  const hook = (ref: string) => ask('GET', `/deploy/${image}?key=${imageKey}&imgURL=${encodeURIComponent(ref)}`)
  expect(hook('docker.io/acme/other:2').status).toBe(400)
  const ofImage = hook('docker.io/acme/web:2').body.deploy.id
  expect(ask('GET', `/services/${image}/deploys/${ofImage}`).body.image.ref).toBe('docker.io/acme/web:2')
  expect(ask('GET', `/deploy/exs-1?key=x`)).toMatchObject({ status: 200, body: 'sync started' })
})

test('logs are paged, bounded in time, and name no deploy', async () => {
  const { ask, add, render, pass } = open()
  const id = add()
  const { ownerId } = render.account.named('api').service
  render.plan('api', [{ logs: Array.from({ length: 30 }, (_, index) => `line ${index}`) }])
  ask('POST', `/services/${id}/deploys`, {})
  await pass(100)
  const path = `/logs?ownerId=${ownerId}&resource=${id}`
  expect(ask('GET', `/logs?resource=${id}`).status).toBe(400)
  const last = ask('GET', path).body
  expect(last).toMatchObject({ hasMore: true, logs: expect.objectContaining({ length: 20 }) })
  expect(last.logs[0].message).toBe('line 29')
  const all = ask('GET', `${path}&limit=100&direction=forward`).body
  expect(all).toMatchObject({ hasMore: false })
  expect(all.logs[0].labels.map(({ name }: { name: string }) => name)).toEqual(['resource', 'type', 'level'])
  expect(ask('GET', `${path}&type=build`).body.logs).toHaveLength(1)
  await pass(7200)
  expect(ask('GET', path).body.logs).toEqual([])
})

test('variables are merged by key, or replaced as a whole', () => {
  const { ask, add } = open()
  const id = add({ env: { ONE: '1', TWO: '2' } })
  const path = `/services/${id}/env-vars`
  expect(ask('PUT', `${path}/THREE`, { value: '3' })).toMatchObject({ status: 200, body: { key: 'THREE', value: '3' } })
  expect(ask('DELETE', `${path}/ONE`).status).toBe(204)
  expect(ask('GET', `${path}/ONE`).status).toBe(404)
  const keys = () => ask('GET', path).body.map(({ envVar }: { envVar: { key: string } }) => envVar.key)
  expect(keys()).toEqual(['TWO', 'THREE'])
  ask('PUT', path, [{ key: 'ONLY', value: 'x' }])
  expect(keys()).toEqual(['ONLY'])
})
