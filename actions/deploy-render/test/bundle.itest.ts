// biome-ignore-all lint/style/noExcessiveLinesPerFile: one release of three services, from its start to its undo, on one fake Render
import { setTimeout as sleep } from 'node:timers/promises'
import { foldJournal } from '@belay/action-kit'
import { type FakeRender, type RenderOptions, startFakeRender } from '@belay/fakes/render'
import { describe, expect, type TestContext, test, vi } from 'vitest'
import { startCommits } from './support/commits.ts'
import { openRenderJob } from './support/job.ts'

// Each waits for builds of the fake Render most of the time.
vi.setConfig({ maxConcurrency: 12 })

const older = 'a'.repeat(40)
const old = 'b'.repeat(40)
const fresh = 'c'.repeat(40)
const key = 'rnd_2024SecretKeyOfTheTest'
const line = [
  { sha: older, files: { 'database/Dockerfile': '1', 'api/main.js': '0', 'frontend/index.html': '0' } },
  { sha: old, files: { 'database/Dockerfile': '1', 'api/main.js': '1', 'frontend/index.html': '1' } },
  { sha: fresh, files: { 'database/Dockerfile': '2', 'api/main.js': '2', 'frontend/index.html': '2' } },
]
const names = ['database', 'api', 'frontend']

/** System A: a private database with a disk, an API that needs it, a static site. */
async function openFixture(
  { onTestFinished }: TestContext,
  options: { render?: RenderOptions; job?: string; live?: string; autoDeploy?: boolean } = {},
) {
  const live = options.live ?? old
  const render = await startFakeRender({ ...options.render, key })
  onTestFinished(() => render.stop())
  const common = { live, autoDeploy: options.autoDeploy ?? false, env: { PASSWORD: 'hunter2-of-the-test' } }
  await render.add({ name: 'database', type: 'private_service', rootDir: 'database', disk: true, ...common })
  await render.add({ name: 'api', type: 'web_service', rootDir: 'api', needs: ['database'], ...common })
  await render.add({ name: 'frontend', type: 'static_site', rootDir: 'frontend', needs: ['api'], ...common })
  const github = await startCommits(line)
  onTestFinished(() => github.stop())
  const job = openRenderJob({ sha: options.job ?? fresh, github: github.url })
  onTestFinished(() => job.close())
  const inputs = {
    'api-key': key,
    'api-url': render.url,
    services: names.join('\n'),
    environment: 'production',
    checks: 'api /health\nfrontend /',
    'github-token': 'ghs_token-of-the-test',
    deadline: '90s',
  }
  return { render, job, inputs }
}

async function served(render: FakeRender): Promise<string> {
  const versions = await Promise.all(names.map((name) => render.serves(name)))
  return versions.map((version) => version.slice(0, 1) || '-').join(' ')
}

function triggers(render: FakeRender): number {
  const all = [...render.simulation.account.services.values()].flatMap(({ deploys }) => deploys)
  return all.filter(({ trigger }) => trigger === 'api').length
}

type Fixture = Awaited<ReturnType<typeof openFixture>>

/** What is live, in the form of the input `to`. */
async function liveLines(job: Fixture['job'], inputs: Fixture['inputs']): Promise<string> {
  const live = JSON.parse((await job.main({ ...inputs, command: 'look' })).outputs.live ?? '[]')
  return live.map(({ id, deploy }: { id: string; deploy: string }) => `${id} ${deploy}`).join('\n')
}

/** Waits until no deploy is under way at Render. */
async function ended(render: FakeRender): Promise<void> {
  const places = () => [...render.simulation.account.services.values()]
  while (places().some(({ running, waiting }) => running ?? waiting)) await sleep(100)
}

describe.concurrent('deploy-render, as the runner starts it', () => {
  test('releases three services in their order, and commits', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const main = await job.main(inputs)
    expect(main.log).not.toContain('::error')
    expect(main.outputs).toMatchObject({ result: 'pending', 'failure-code': '' })
    expect(await served(render)).toBe('c c c')
    // Each started only after the one before it was live: the times at Render show it.
    const order = [...render.simulation.account.services.values()].map(({ deploys }) => deploys.at(-1))
    expect(order.map((deploy) => deploy?.trigger)).toEqual(['api', 'api', 'api'])
    for (const [index, deploy] of order.entries())
      if (index > 0)
        expect(deploy?.createdAt ?? '').toSatisfy((at: string) => at > (order[index - 1]?.finishedAt ?? ''))
    expect(JSON.parse(main.outputs.services ?? '')).toMatchObject(names.map((name) => ({ name, status: 'live' })))

    const post = await job.post(inputs)
    expect(post).toMatchObject({ exit: 0, environment: { BELAY_RESULT: 'committed' } })
    expect(await served(render)).toBe('c c c')
    expect(`${main.log}${post.log}`.replaceAll(/::add-mask::.*/g, '')).not.toContain(key)
    expect(job.texts()).not.toMatch(/2024SecretKey|hunter2/)
  })

  test('deploys nothing a second time', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    expect((await job.main(inputs)).outputs.result).toBe('pending')
    expect((await job.main(inputs)).outputs.result).toBe('noop')
    expect(triggers(render)).toBe(3)
  })

  test('does not deploy a service whose files are the same', async (context) => {
    const { render, job, inputs } = await openFixture(context, { job: old, live: older })
    const { log, outputs } = await job.main(inputs)
    expect(log).toContain('database: none of its files changed since aaaaaaaaaaaa; not deployed')
    expect(outputs.result).toBe('pending')
    expect(await served(render)).toBe('a b b')
  })

  const env = 'PASSWORD=hunter2-of-the-test\napi FEATURE=on-for-all-of-them'

  test('sets only the variables that differ', async (context) => {
    const { render, job, inputs } = await openFixture(context, { job: old, live: older })
    const { log, outputs } = await job.main({ ...inputs, env })
    expect(log).toContain('setting FEATURE')
    expect(outputs.result).toBe('pending')
    const { env: variables } = render.simulation.account.named('api')
    expect(Object.fromEntries(variables)).toEqual({ PASSWORD: 'hunter2-of-the-test', FEATURE: 'on-for-all-of-them' })
    expect(render.simulation.account.named('frontend').env.has('FEATURE')).toBe(false)
    expect(job.texts()).not.toContain('on-for-all-of-them')
  })

  test('removes a variable that it had added when a later step fails', async (context) => {
    const { render, job, inputs } = await openFixture(context, { job: old, live: older })
    expect((await job.main({ ...inputs, env })).outputs.result).toBe('pending')
    const post = await job.post({ ...inputs, 'job-status': 'failure' })
    expect(post.environment.BELAY_RESULT).toBe('rolled-back')
    expect(await served(render)).toBe('a a a')
    expect([...render.simulation.account.named('api').env.keys()]).toEqual(['PASSWORD'])
    expect(job.texts()).not.toContain('on-for-all-of-them')
  })

  /** A release whose second service does not build, with a value and a command in the build's log. */
  async function failedBuild(context: TestContext) {
    const { render, job, inputs } = await openFixture(context)
    const logs = ['\u001b[31merror TS2304\u001b[0m password=hunter2-of-the-test', '::set-env name=EVIL::1']
    render.simulation.plan('api', [{ endsAs: 'build_failed', failure: { nonZeroExit: 2 }, logs }])
    const main = await job.main({ ...inputs, 'undo-disks': 'database' })
    expect(main.outputs).toMatchObject({ 'failure-code': 'build-failed', result: 'rolled-back' })
    return { render, job, inputs, main }
  }

  test('reports why a build failed', async (context) => {
    const { main } = await failedBuild(context)
    expect(main.log).toMatch(/::error::api: the build failed: it ended with status 2/)
    expect(main.log).toContain('error TS2304 password=***')
  })

  test('hides values and commands in the log of a build', async (context) => {
    const { job, main } = await failedBuild(context)
    expect(main.log).not.toMatch(/hunter2|^::set-env/m)
    expect(JSON.stringify(job.record())).not.toMatch(/TS2304|hunter2/)
  })

  test('rolls back the services before the one whose build failed', async (context) => {
    const { render, job, inputs } = await failedBuild(context)
    expect(await served(render)).toBe('b b b')
    expect(render.served('frontend')).toEqual([old])
    expect((await job.post({ ...inputs, 'job-status': 'failure' })).environment.BELAY_RESULT).toBe('rolled-back')
  })

  test('rolls back all but a service with a disk when a later step fails, and is mixed (rule 15)', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const main = await job.main(inputs)
    expect(main.outputs.result).toBe('pending')
    const post = await job.post({ ...inputs, 'job-status': 'failure' })
    expect(post.environment.BELAY_RESULT).toBe('mixed')
    expect(post.summary).toMatch(/database on Render \| stays \|.*undo-disks/)
    expect(await served(render)).toBe('c b b')
    // The last one first.
    const [api, frontend] = ['api', 'frontend'].map((name) => render.simulation.account.named(name).deploys.at(-1))
    expect(api?.trigger).toBe('rollback')
    expect(frontend?.finishedAt ?? '').toSatisfy((at: string) => at <= (api?.createdAt ?? ''))
  })

  test('pauses auto-deploy of what it rolls back', async (context) => {
    const { render, job, inputs } = await openFixture(context, { autoDeploy: true })
    const main = await job.main(inputs)
    expect(main.log).toContain('api also deploys automatically on every push')
    const post = await job.post({ ...inputs, 'job-status': 'failure' })
    expect(post.log).toContain('auto-deploy is off now')
    const places = [...render.simulation.account.services.values()]
    expect(places.map(({ service }) => service.autoDeploy)).toEqual(['yes', 'no', 'no'])
  })

  test('rolls back the whole group of a service that fails, then the groups before it, last first', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    await render.add({ name: 'admin', type: 'static_site', rootDir: 'frontend', live: old })
    render.simulation.plan('frontend', [{ build: 10 }])
    render.simulation.plan('admin', [{ build: 2000, endsAs: 'build_failed' }])
    const services = 'database\napi\nfrontend admin'
    const main = await job.main({ ...inputs, services, 'undo-disks': 'database' })
    expect(main.outputs).toMatchObject({ 'failure-code': 'build-failed', result: 'rolled-back' })
    expect(`${await served(render)} ${(await render.serves('admin')).slice(0, 1)}`).toBe('b b b b')
    const [database, api, frontend] = names.map((name) => render.simulation.account.named(name).deploys.at(-1))
    expect([database, api, frontend].map((deploy) => deploy?.trigger)).toEqual(['rollback', 'rollback', 'rollback'])
    expect(frontend?.finishedAt ?? '').toSatisfy((at: string) => at <= (api?.createdAt ?? ''))
    expect(api?.finishedAt ?? '').toSatisfy((at: string) => at <= (database?.createdAt ?? ''))
    expect((await job.post({ ...inputs, 'job-status': 'failure' })).environment.BELAY_RESULT).toBe('rolled-back')
  })

  test('never deploys twice, however the first answer was lost', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    render.simulation.script('trigger-deploy', [
      { does: 'reset', accepted: true },
      { does: 'fail', status: 502, accepted: true },
      { does: 'limit', retryAfter: 1 },
    ])
    render.simulation.script('get-deploy', [
      { does: 'fail', status: 500, accepted: false },
      { does: 'reset', accepted: false },
    ])
    expect((await job.main(inputs)).outputs.result).toBe('pending')
    expect(await served(render)).toBe('c c c')
    expect(triggers(render)).toBe(3)
  })

  test('finds the deploy that a 202 does not name, behind a deploy of another origin', async (context) => {
    const { render, job, inputs } = await openFixture(context, { render: { overlap: 'wait' } })
    // Long enough to be under way still when this job asks.
    render.simulation.plan('database', [{ build: 5000 }])
    render.simulation.deployElsewhere('database', older)
    const { outputs } = await job.main(inputs)
    expect(outputs.result).toBe('pending')
    expect(render.served('database')).toEqual([old, older, fresh])
  })

  test('ends as superseded if another commit is deployed over it, and undoes nothing', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const newer = 'd'.repeat(40)
    const main = await job.main(inputs, async () => {
      await expect.poll(() => render.simulation.account.named('api').running, { timeout: 60_000 }).toBeDefined()
      render.simulation.deployElsewhere('api', newer, 'new_commit')
    })
    expect(main.outputs.result).toBe('superseded')
    expect(main.log).toContain('was replaced by')
    expect((await job.post(inputs)).environment.BELAY_RESULT).toBe('superseded')
    // The other one may still be on its way.
    await expect.poll(() => served(render)).toBe('c d b')
  })

  test('joins the deploy of a push that came before the turn of its service', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const main = await job.main(inputs, async () => {
      await expect.poll(() => render.simulation.account.named('database').running, { timeout: 60_000 }).toBeDefined()
      render.simulation.deployElsewhere('api', fresh, 'new_commit')
    })
    expect(main.outputs.result).toBe('pending')
    expect(await served(render)).toBe('c c c')
    expect(render.served('api')).toEqual([old, fresh])
    expect(triggers(render)).toBe(2)
    await job.post({ ...inputs, 'job-status': 'failure' })
    expect(await served(render)).toBe('c b b')
  })

  test('keeps the variable that another person set before the turn of its service (rule 5)', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const { env } = render.simulation.account.named('frontend')
    const main = await job.main({ ...inputs, env: 'frontend FEATURE=ours' }, async () => {
      await expect.poll(() => render.simulation.account.named('database').running, { timeout: 60_000 }).toBeDefined()
      env.set('FEATURE', 'theirs')
    })
    expect(main.outputs.result).toBe('pending')
    await job.post({ ...inputs, 'job-status': 'failure' })
    expect(await served(render)).toBe('c b b')
    expect(env.get('FEATURE')).toBe('theirs')
  })

  test('is not green if Render reports live and the service is unhealthy', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    render.simulation.plan('frontend', [{ serves: 'unhealthy' }])
    const main = await job.main({ ...inputs, services: 'frontend', checks: '/', deadline: '30s' })
    expect(main.outputs).toMatchObject({ 'failure-code': 'check-failed', result: 'rolled-back' })
    expect(await served(render)).toBe('b b b')
  })

  test('is not green if a push replaced a healthy service by an unhealthy one of its commit', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    render.simulation.plan('frontend', [{}, { serves: 'unhealthy' }])
    render.simulation.plan('api', [{ build: 5000 }])
    const given = { ...inputs, services: 'frontend\napi', deadline: '30s' }
    const main = await job.main(given, async () => {
      await expect.poll(() => render.simulation.account.named('api').running, { timeout: 60_000 }).toBeDefined()
      render.simulation.deployElsewhere('frontend', fresh, 'new_commit')
    })
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'check-failed', result: 'rolled-back' })
    expect(await served(render)).toBe('b b b')
  })

  test('checks a web service even without checks and health path', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    render.simulation.plan('api', [{ serves: 'unhealthy' }])
    const main = await job.main({ ...inputs, services: 'api', checks: '', deadline: '30s' })
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'check-failed', result: 'rolled-back' })
    expect(await served(render)).toBe('b b b')
  })

  test('does not accept an answer of the old instance after the new one failed', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    render.simulation.plan('api', [{ serves: 'old' }])
    const main = await job.main({ ...inputs, services: 'api', checks: '' })
    expect(main.outputs, main.log).toMatchObject({ 'failure-code': 'check-failed', result: 'rolled-back' })
    expect(main.log).toContain('an instance failed after it went live (it ended with status 1)')
  })

  test('reports the evidence for live, for each service', async (context) => {
    const { job, inputs } = await openFixture(context)
    const main = await job.main({ ...inputs, checks: 'api /health' })
    const verified = ['render', 'version', 'answer']
    expect(JSON.parse(main.outputs.services ?? '')).toMatchObject(verified.map((word) => ({ verified: word })))
    expect(main.log).toContain('api: it reports the commit cccccccccccc')
    expect(main.log).toMatch(/frontend: it answers at http\S+ but does not report its version; only Render's status/)
    expect(main.log).toMatch(/database: it has no address to check; only Render's status/)
    // The last post of the job writes the summary.
    const { summary } = await job.post(inputs)
    expect(summary).toMatch(/\| api \| live \| version verified \|/)
    expect(summary).toMatch(/\| frontend \| live \| answers, version not verified \|/)
    expect(summary).toMatch(/\| database \| live \| not verified, Render's status only \|/)
  })

  test('refuses an older commit, and an image that no service runs, before anything is changed', async (context) => {
    const { render, job, inputs } = await openFixture(context, { job: older })
    const main = await job.main(inputs)
    expect(main.outputs).toMatchObject({ 'failure-code': 'refused', result: 'unchanged' })
    expect(main.log).toMatch(/database: the released commit is older.*api: the released.*frontend: the released/s)
    const stray = await job.main({ ...inputs, image: 'ghcr.io/acme/api:1' })
    expect(stray.outputs).toMatchObject({ 'failure-code': 'image-mismatch', result: 'unchanged' })
    expect(triggers(render)).toBe(0)
    const dry = await job.main({ ...inputs, 'allow-older': 'true', 'dry-run': 'true' })
    expect(dry.log).toContain('api: bbbbbbbbbbbb → aaaaaaaaaaaa')
    expect(triggers(render)).toBe(0)
  })

  test.for(['SIGINT', 'SIGKILL'] as const)(
    'rolls back when the job is ended by %s in the middle of a build',
    async (signal, context) => {
      const { render, job, inputs } = await openFixture(context, { render: { durations: { build: 20_000 } } })
      render.simulation.plan('database', [{ build: 300 }])
      const main = await job.main({ ...inputs, 'undo-disks': 'database' }, async (child) => {
        await expect.poll(() => render.simulation.account.named('api').running, { timeout: 60_000 }).toBeDefined()
        child.kill(signal)
      })
      expect(main.exit).not.toBe(0)
      const post = await job.post({ ...inputs, 'job-status': 'cancelled' })
      expect(post.environment.BELAY_RESULT).toBe('rolled-back')
      expect(await served(render)).toBe('b b b')
      expect(render.simulation.account.named('api').deploys.map(({ status }) => status)).toEqual(['live', 'canceled'])
    },
  )

  test('finds the deploy of an image after a lost answer, in the spelling of its service', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    await render.add({
      name: 'admin',
      type: 'web_service',
      image: 'docker.io/acme/admin:1',
      live: 'docker.io/acme/admin:1',
    })
    render.simulation.script('trigger-deploy', [{ does: 'reset', accepted: true }])
    const main = await job.main({ ...inputs, services: 'admin', checks: '', image: 'acme/admin:2' })
    expect(main.outputs, main.log).toMatchObject({ result: 'pending' })
    expect(render.served('admin')).toEqual(['docker.io/acme/admin:1', 'docker.io/acme/admin:2'])
  })

  test('a refusal names its service', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    render.simulation.script('trigger-deploy', [{ does: 'answer' }, { does: 'fail', status: 400, accepted: false }])
    const main = await job.main({ ...inputs, 'undo-disks': 'database' })
    // Nothing was accepted, so undo does not search for it: there is time for the others.
    expect(main.outputs).toMatchObject({ 'failure-code': 'render-refused', result: 'rolled-back' })
    expect(main.log).toMatch(/^::error::api: Render refused/m)
    expect(await served(render)).toBe('b b b')
  })

  test('finds a service by its id, and names an id that Render does not know', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const { id } = render.simulation.account.named('api').service
    const one = await job.main({ ...inputs, services: '', 'service-id': id, checks: '/health' })
    expect(one.outputs, one.log).toMatchObject({ result: 'pending' })
    expect(JSON.parse(one.outputs.services ?? '')).toMatchObject([{ name: 'api', id, status: 'live' }])
    expect(await served(render)).toBe('b c b')
    const missing = await job.main({ ...inputs, services: `${id}\nsrv-00000000000000000000`, checks: '' })
    expect(missing.outputs).toMatchObject({ 'failure-code': 'service-missing', result: 'unchanged' })
    expect(missing.log).toContain('not found: srv-00000000000000000000')
    const twice = await job.main({ ...inputs, services: `api\n${id}`, checks: '' })
    expect(twice.log).toContain('names api twice, by its name and its id')
  })

  test('clears the cache on request, of services that Render builds', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const image = 'docker.io/acme/admin:1'
    await render.add({ name: 'admin', type: 'web_service', image, live: image })
    const given = { ...inputs, services: 'api admin', checks: '', image: 'docker.io/acme/admin:2' }
    const { outputs, log } = await job.main({ ...given, 'clear-cache': 'true' })
    expect(outputs, log).toMatchObject({ result: 'pending' })
    const bodies = render.simulation.calls().filter(({ operation }) => operation === 'trigger-deploy')
    expect(bodies.map(({ body }) => body).toSorted()).toEqual([
      `{"commitId":"${fresh}","clearCache":"clear"}`,
      '{"imageUrl":"docker.io/acme/admin:2"}',
    ])
  })

  test('a wrong key and an unknown name are clear errors', async (context) => {
    const { job, inputs } = await openFixture(context)
    const wrong = await job.main({ ...inputs, 'api-key': 'rnd_wrong-key' })
    expect(wrong.outputs).toMatchObject({ 'failure-code': 'render-key', result: 'unchanged' })
    const missing = await job.main({ ...inputs, services: 'api backend', checks: '' })
    expect(missing.outputs['failure-code']).toBe('service-missing')
    expect(missing.log).toContain('backend: no service has this name')
  })

  test('command look reports what is live, and changes nothing', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const main = await job.main({ ...inputs, command: 'look' })
    const live = JSON.parse(main.outputs.live ?? '[]')
    expect(live).toMatchObject(names.map((name) => ({ name, commit: old, deploy: expect.stringMatching(/^dep-/) })))
    expect([main.outputs.result, triggers(render)]).toEqual(['unchanged', 0])
  })

  /** A release that was committed, and the inputs of a job that rolls it back to the deploys before. */
  async function openRollback(context: TestContext) {
    const { render, job, inputs } = await openFixture(context)
    const to = await liveLines(job, inputs)
    await job.main(inputs)
    expect((await job.post(inputs)).environment.BELAY_RESULT).toBe('committed')
    expect(await served(render)).toBe('c c c')
    const back = openRenderJob({ sha: fresh, github: '' })
    context.onTestFinished(() => back.close())
    const asked = { ...inputs, 'github-token': '', command: 'rollback', version: 'previous', to }
    return { render, back, asked, withDisk: { ...asked, 'undo-disks': 'database' } }
  }

  test('refuses to roll back a service with a disk that undo-disks does not name', async (context) => {
    const { render, back, asked } = await openRollback(context)
    const disk = await back.main(asked)
    expect(disk.outputs['failure-code']).toBe('refused')
    expect(disk.log).toContain('database has a disk')
    expect(await served(render)).toBe('c c c')
  })

  test('rolls back although Render refuses to switch auto-deploy off, with a warning', async (context) => {
    const { render, back, withDisk } = await openRollback(context)
    render.simulation.account.named('api').service.autoDeploy = 'yes'
    render.simulation.script('update-service', [{ does: 'fail', status: 402, accepted: false }])
    const main = await back.main(withDisk)
    expect(main.log).not.toContain('::error')
    expect(main.log).toMatch(/api: auto-deploy could not be switched off.*402/)
    expect(main.outputs).toMatchObject({ result: 'committed', sha: old })
    expect(await served(render)).toBe('b b b')
  })

  test('rolls back to named deploys without a build, the last service first', async (context) => {
    const { render, back, withDisk } = await openRollback(context)
    expect((await back.main(withDisk)).outputs).toMatchObject({ result: 'committed', sha: old })
    expect(await served(render)).toBe('b b b')
    const made = [...render.simulation.account.services.values()].map(({ deploys }) => deploys.at(-1))
    expect(made.map((deploy) => deploy?.trigger)).toEqual(['rollback', 'rollback', 'rollback'])
    expect(Date.parse(made[0]?.createdAt ?? '')).toBeGreaterThan(Date.parse(made[2]?.createdAt ?? ''))
  })

  test('records the commit that serves after a rollback, which is not that of the run', async (context) => {
    const { back, withDisk } = await openRollback(context)
    await back.main(withDisk)
    const { chosen, steps } = foldJournal(back.journal())
    expect(chosen.at(-1)).toEqual({ service: 'acme', release: { id: '', version: old, sha: old } })
    const [moved] = steps.flatMap((step) => step.moved)
    expect(moved).toMatchObject({
      name: 'frontend on Render',
      move: { from: { version: fresh }, to: { version: old }, back: true },
    })
  })

  test('undoes no rollback when a later step fails, and finds nothing to do again (rule 14)', async (context) => {
    const { render, back, asked, withDisk } = await openRollback(context)
    expect((await back.main(withDisk)).outputs.result).toBe('committed')
    await back.post({ ...asked, 'job-status': 'failure' })
    expect(await served(render)).toBe('b b b')
    expect((await back.main(withDisk)).outputs.result).toBe('noop')
  })

  test.for(['override', 'wait'] as const)(
    'cancels the deploys under way when the target of a rollback serves already (overlap: %s)',
    async (overlap, context) => {
      const { render, job, inputs } = await openFixture(context, { render: { overlap } })
      const to = await liveLines(job, inputs)
      render.simulation.plan('api', [{ build: 60_000 }, { build: 60_000 }])
      const forward = [fresh, older].map((version) => render.simulation.deployElsewhere('api', version)?.id)
      const back = await job.main({ ...inputs, command: 'rollback', version: 'previous', to })
      expect(back.outputs, back.log).toMatchObject({ result: 'committed', 'failure-code': '', sha: old })
      expect(back.log).toMatch(/::warning::api: the deploy dep-\S+ of [ac]{12} was under way and was cancelled/)
      await ended(render)
      expect(await served(render)).toBe('b b b')
      const { deploys } = render.simulation.account.named('api')
      expect(deploys.filter(({ id }) => forward.includes(id)).map(({ status }) => status)).not.toContain('live')
      // The live deploy was not started again.
      expect(deploys.filter(({ trigger }) => trigger === 'rollback')).toEqual([])
    },
  )

  test('a rollback cancels what is under way instead of waiting for it', async (context) => {
    const { render, job, inputs } = await openFixture(context, { render: { overlap: 'wait' } })
    const to = await liveLines(job, inputs)
    const one = { ...inputs, services: 'api', checks: 'api /health' }
    await job.main(one)
    await job.post(one)
    expect(await served(render)).toBe('b c b')
    render.simulation.plan('api', [{ build: 30_000 }])
    render.simulation.deployElsewhere('api', older)
    const back = openRenderJob({ sha: fresh, github: '' })
    context.onTestFinished(() => back.close())
    const main = await back.main({ ...inputs, 'github-token': '', command: 'rollback', version: 'previous', to })
    expect(main.outputs, main.log).toMatchObject({ result: 'committed', sha: old })
    expect(main.log).toContain('of aaaaaaaaaaaa was under way and was cancelled')
    expect(await served(render)).toBe('b b b')
  })

  test('a release whose first service was rolled back during it deploys no further service', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    render.simulation.plan('api', [{ build: 4000 }])
    const main = await job.main(inputs, async () => {
      const { deploys } = render.simulation.account.named('api')
      while (!deploys.some(({ status }) => status === 'build_in_progress')) await sleep(50)
      render.simulation.deployElsewhere('database', old)
    })
    expect(main.outputs, main.log).toMatchObject({ result: 'superseded' })
    expect(await served(render)).toBe('b c b')
    expect(render.simulation.account.named('frontend').deploys).toHaveLength(1)
  })

  test('a rollback that fails in the middle restores what was live', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const before = JSON.parse((await job.main({ ...inputs, command: 'look' })).outputs.live ?? '[]')
    await job.main(inputs)
    await job.post(inputs)
    const back = openRenderJob({ sha: fresh, github: '' })
    context.onTestFinished(() => back.close())
    render.simulation.plan('api', [{ endsAs: 'update_failed' }])
    const to = before.map(({ name, deploy }: { name: string; deploy: string }) => `${name} ${deploy}`).join('\n')
    const main = await back.main({ ...inputs, command: 'rollback', 'undo-disks': 'database', to })
    expect(main.outputs).toMatchObject({ 'failure-code': 'start-failed', result: 'rolled-back' })
    expect(await served(render)).toBe('c c c')
  })

  test('without deploys to roll back to, or with one that Render does not know, nothing is changed', async (context) => {
    const { render, job, inputs } = await openFixture(context)
    const none = await job.main({ ...inputs, command: 'rollback' })
    expect(none.log).toContain('to: names no deploy to roll back to')
    const to = 'api dep-00000000000000000000'
    const unknown = await job.main({ ...inputs, command: 'rollback', to })
    expect(unknown.outputs['failure-code']).toBe('refused')
    expect(unknown.log).toContain('does not know the deploy dep-00000000000000000000 any more')
    expect(await served(render)).toBe('b b b')
  })
})
