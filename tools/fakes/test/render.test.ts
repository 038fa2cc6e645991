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

  const elevenDeploys = () => {
    const { ask, add, pass } = open()
    const id = add()
    const deploy = () => ask('POST', `/services/${id}/deploys`, {})
    return { ask, add, pass, id, deploy, answers: Array.from({ length: 11 }, deploy) }
  }

  test('gets its limit in the headers', () => {
    const { ask, id, answers } = elevenDeploys()
    expect(answers[0]?.headers).toMatchObject({
      'Ratelimit-Limit': '10',
      'Ratelimit-Remaining': '9',
      'Ratelimit-Reset': '60',
    })
    expect(ask('GET', `/services/${id}`).headers).toMatchObject({ 'Ratelimit-Limit': '400' })
  })

  test('for the eleventh deploy of a minute is 429', () => {
    const { answers } = elevenDeploys()
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(201), 429])
    expect(answers[10]).toMatchObject({ headers: { 'Retry-After': '60' }, body: { message: 'rate limit exceeded' } })
  })

  test('for a deploy of another service has a limit of its own', () => {
    const { ask, add } = elevenDeploys()
    expect(ask('POST', `/services/${add({ name: 'other' })}/deploys`, {}).status).toBe(201)
  })

  test('for a deploy is accepted again after the minute', async () => {
    const { pass, deploy } = elevenDeploys()
    await pass(61)
    expect(deploy().status).toBe(201)
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
  ])('that is to end as %s does, and its events say why', async (status, behaviour) => {
    const { ask, add, watch, render } = open()
    const id = add({ preDeployCommand: 'migrate' })
    render.plan('api', [behaviour])
    const made = ask('POST', `/services/${id}/deploys`, {}).body
    expect((await watch(id, made.id)).at(-1)).toBe(status)
    const events = ask('GET', `/services/${id}/events?limit=100`).body.map(({ event }: { event: object }) => event)
    const ended = events.find(({ type }: { type: string }) => type === 'deploy_ended')
    expect(ended.details).toMatchObject({
      deployId: made.id,
      deployStatus: status === 'canceled' ? 'canceled' : 'failed',
    })
    expect(ended.details.reason.failure ?? {}).toMatchObject(behaviour.failure ?? {})
    expect(events.some(({ type }: { type: string }) => type === 'image_pull_failed')).toBe(
      behaviour.pullFailed !== undefined,
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

  test('overrides the running one', () => {
    const { ask, add } = open()
    const id = add()
    const [one, two] = [1, 2].map(() => ask('POST', `/services/${id}/deploys`, {}).body.id)
    expect(ask('GET', `/services/${id}/deploys/${one}`).body.status).toBe('canceled')
    const [event] = ask('GET', `/services/${id}/events?type=deploy_ended`).body
    expect(event.event.details.reason.newDeploy.id).toBe(two)
  })

  test('waits behind the running one and appears later, where services are set so', async () => {
    const { ask, add, pass } = open({ overlap: 'wait' })
    const id = add()
    const running = ask('POST', `/services/${id}/deploys`, {}).body.id
    const queued = [1, 2].map(() => ask('POST', `/services/${id}/deploys`, {}))
    expect(queued).toMatchObject([
      { status: 202, body: undefined },
      { status: 202, headers: { 'Content-Length': '0' } },
    ])
    await pass(4)
    const all = ask('GET', `/services/${id}/deploys`).body.map(
      ({ deploy }: { deploy: { status: string } }) => deploy.status,
    )
    // The older of the two waiting ones is dropped.
    expect(all).toEqual(['queued', 'canceled', 'build_in_progress', 'live'])
    await pass(300)
    expect(ask('GET', `/services/${id}/deploys/${running}`).body.status).toBe('deactivated')
    expect(ask('GET', `/services/${id}/deploys?status=live`).body).toHaveLength(1)
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

  const git = {}
  const image = { name: 'image', image: 'docker.io/acme/api:1', live: 'docker.io/acme/api:1' }
  const cron = { name: 'cron', type: 'cron_job' } as const
  const asleep = { name: 'asleep', suspended: true }
  test.each([
    ['deploys without a build another commit', git, { deployMode: 'deploy_only', commitId: fresh }, 400],
    ['deploys without a build and clears the cache', git, { deployMode: 'deploy_only', clearCache: 'clear' }, 400],
    ['deploys another image without a build', image, { deployMode: 'deploy_only', imageUrl: `${image.image}0` }, 400],
    ['gives a service of a repository an image', git, { imageUrl: 'docker.io/acme/api:2' }, 400],
    ['gives an image of another repository', image, { imageUrl: 'docker.io/acme/other:2' }, 400],
    ['gives an image by digest', image, { imageUrl: `docker.io/acme/api@sha256:${'1'.repeat(64)}` }, 201],
    ['gives a cron job a commit', cron, { commitId: fresh }, 400],
    ['is for a suspended service', asleep, {}, 400],
  ])('that %s is answered with its status', (_, service, body, status) => {
    const { ask, add } = open()
    expect(ask('POST', `/services/${add(service)}/deploys`, body).status).toBe(status)
  })

  test('is cancelled once', () => {
    const { ask, add } = open()
    const id = add()
    const made = ask('POST', `/services/${id}/deploys`, {}).body.id
    const cancel = () => ask('POST', `/services/${id}/deploys/${made}/cancel`)
    expect(cancel()).toMatchObject({ status: 200, body: { status: 'canceled' } })
    expect(cancel().status).toBe(400)
  })

  test('is rolled back to only if it was live', () => {
    const { ask, add } = open()
    const id = add()
    const made = ask('POST', `/services/${id}/deploys`, {}).body.id
    ask('POST', `/services/${id}/deploys/${made}/cancel`)
    const rollback = (deployId: string) => ask('POST', `/services/${id}/rollback`, { deployId })
    expect(rollback('dep-x').status).toBe(400)
    expect(rollback(made).status).toBe(400)
  })

  test('that rolls back is a deploy of its own, of the former commit', async () => {
    const { ask, add, watch } = open()
    const id = add()
    const live = ask('GET', `/services/${id}/deploys?status=live`).body[0].deploy.id
    const back = ask('POST', `/services/${id}/rollback`, { deployId: live })
    expect(back).toMatchObject({
      status: 201,
      body: { trigger: 'rollback', status: 'update_in_progress', commit: { id: old } },
    })
    expect(back.body.id).not.toBe(live)
    expect(await watch(id, back.body.id)).toEqual(['update_in_progress', 'live'])
  })
})

describe('a hook', () => {
  const openHook = () => {
    const { ask, add, render } = open({ overlap: 'wait' })
    const id = add()
    return { ask, id, key: render.account.named('api').hookKey }
  }

  test('needs its own key', () => {
    const { ask, id } = openHook()
    expect(ask('GET', `/deploy/${id}?key=wrong`).status).toBe(401)
  })

  test('deploys the commit of ref', () => {
    const { ask, id, key } = openHook()
    const made = ask('POST', `/deploy/${id}?key=${key}&ref=${fresh}`)
    expect(made).toMatchObject({ status: 200, body: { deploy: { id: expect.stringMatching(/^dep-[0-9a-v]{20}$/) } } })
    expect(ask('GET', `/services/${id}/deploys/${made.body.deploy.id}`).body).toMatchObject({
      trigger: 'deploy_hook',
      commit: { id: fresh },
    })
  })

  test('is 202 behind another deploy', () => {
    const { ask, id, key } = openHook()
    ask('POST', `/deploy/${id}?key=${key}&ref=${fresh}`)
    expect(ask('GET', `/deploy/${id}?key=${key}`)).toMatchObject({ status: 202, body: undefined })
  })

  test('of a service with an image deploys a tag of that image, and no other image', () => {
    const { ask, render } = open({ overlap: 'wait' })
    const id = render.add({ name: 'web', type: 'web_service', image: 'docker.io/acme/web:1' }).service.id
    const { hookKey } = render.account.named('web')
    const hook = (ref: string) => ask('GET', `/deploy/${id}?key=${hookKey}&imgURL=${encodeURIComponent(ref)}`)
    expect(hook('docker.io/acme/other:2').status).toBe(400)
    const made = hook('docker.io/acme/web:2').body.deploy.id
    expect(ask('GET', `/services/${id}/deploys/${made}`).body.image.ref).toBe('docker.io/acme/web:2')
  })

  test('of a Blueprint starts a sync and deploys nothing', () => {
    const { ask } = openHook()
    expect(ask('GET', `/deploy/exs-1?key=x`)).toMatchObject({ status: 200, body: 'sync started' })
  })
})

describe('logs', () => {
  const openLogs = async () => {
    const { ask, add, render, pass } = open()
    const id = add()
    const { ownerId } = render.account.named('api').service
    render.plan('api', [{ logs: Array.from({ length: 30 }, (_, index) => `line ${index}`) }])
    ask('POST', `/services/${id}/deploys`, {})
    await pass(100)
    return { ask, id, pass, path: `/logs?ownerId=${ownerId}&resource=${id}` }
  }

  test('need an owner', async () => {
    const { ask, id } = await openLogs()
    expect(ask('GET', `/logs?resource=${id}`).status).toBe(400)
  })

  test('come in pages of 20, the newest first', async () => {
    const { ask, path } = await openLogs()
    const last = ask('GET', path).body
    expect(last).toMatchObject({ hasMore: true, logs: expect.objectContaining({ length: 20 }) })
    expect(last.logs[0].message).toBe('line 29')
  })

  test('have labels that name no deploy', async () => {
    const { ask, path } = await openLogs()
    const all = ask('GET', `${path}&limit=100&direction=forward`).body
    expect(all).toMatchObject({ hasMore: false })
    expect(all.logs[0].labels.map(({ name }: { name: string }) => name)).toEqual(['resource', 'type', 'level'])
  })

  test('can be those of the build alone', async () => {
    const { ask, path } = await openLogs()
    expect(ask('GET', `${path}&type=build`).body.logs).toHaveLength(1)
  })

  test('are those of the last hour, if no time is given', async () => {
    const { ask, path, pass } = await openLogs()
    await pass(7200)
    expect(ask('GET', path).body.logs).toEqual([])
  })
})

describe('variables', () => {
  const openEnv = () => {
    const { ask, add } = open()
    const path = `/services/${add({ env: { ONE: '1', TWO: '2' } })}/env-vars`
    const keys = () => ask('GET', path).body.map(({ envVar }: { envVar: { key: string } }) => envVar.key)
    return { ask, path, keys }
  }

  test('are set and deleted by key', () => {
    const { ask, path, keys } = openEnv()
    expect(ask('PUT', `${path}/THREE`, { value: '3' })).toMatchObject({
      status: 200,
      body: { key: 'THREE', value: '3' },
    })
    expect(ask('DELETE', `${path}/ONE`).status).toBe(204)
    expect(ask('GET', `${path}/ONE`).status).toBe(404)
    expect(keys()).toEqual(['TWO', 'THREE'])
  })

  test('are replaced as a whole by a list', () => {
    const { ask, path, keys } = openEnv()
    ask('PUT', path, [{ key: 'ONLY', value: 'x' }])
    expect(keys()).toEqual(['ONLY'])
  })
})
