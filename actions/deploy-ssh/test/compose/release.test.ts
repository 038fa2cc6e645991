import { canStartHostEngine, canStartHosts, canStartRegistry, type HostEngine, type TestHost } from '@belay/testbed'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ComposeScene, folder, openComposeScene, stateOf } from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'
import type { JobStep } from '../../../../test/support/scene.ts'

const team = '# the team’s\nOTHER="stays as it is"\nDEBUG=1\n'

need(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('restart: compose', () => {
  let shop: ComposeScene
  let host: TestHost
  let engine: HostEngine
  let v1: string
  let v2: string

  beforeAll(async () => {
    shop = await openComposeScene({ env: team })
    ;[host, engine] = [shop.hosts[0] as TestHost, shop.engines[0] as HostEngine]
    ;[v1, v2] = [await shop.image('v1'), await shop.image('v2')]
    const up = await engine.asDeploy(['docker', 'compose', '--project-directory', folder, 'up', '-d', 'db'], {
      APP_IMAGE: 'x',
    })
    expect(up.status, up.stderr).toBe(0)
  }, 120_000)
  afterAll(() => shop?.close(), 60_000)

  const release = (version: string, image: string, inputs = {}, more: JobStep[] = []) =>
    shop.scene.job(version, [shop.deploy(image, inputs), ...more])

  const now = () => stateOf(shop)
  /** A host tidies up after it has answered. */
  const tidied = { timeout: 10_000 }
  const containers = () => engine.docker('ps', '--no-trunc', '--format', '{{.ID}} {{.Names}}')

  test('a first release that fails leaves nothing running, and .env without its line', async () => {
    const before = await now()
    const played = await release('v1', v1, {}, [{ run: 'exit 1' }])
    expect(played.belay, played.log).toBe('rolled-back')
    await expect.poll(now, tidied).toEqual(before)
    expect((await containers()).split('\n')).toHaveLength(1)
  })

  test('two releases and the same again: the line is set, all else is as it was, the database is not touched', async () => {
    const before = await now()
    const first = await release('v1', v1)
    expect(first.belay, first.log).toBe('committed')
    expect(first.log).toContain(`releases app worker of ${folder}, by APP_IMAGE in .env`)
    await expect.poll(now, tidied).toEqual({ ...before, served: 'v1', image: v1 })
    const second = await release('v2', v2)
    expect(second.belay, second.log).toBe('committed')
    await expect.poll(now, tidied).toEqual({ ...before, served: 'v2', image: v2 })
    const running = await containers()
    const third = await release('v2', v2)
    expect(third.belay, third.log).toBe('noop')
    expect(await containers()).toBe(running)
    const up = await engine.asDeploy(['docker', 'compose', '--project-directory', folder, 'up', '-d'])
    expect(up.status, up.stderr).toBe(0)
    expect(await containers()).toBe(running)
  })

  test.for([
    ['unhealthy', 'restart-failed', 'is unhealthy'],
    ['ends', 'restart-failed', 'v3 has no config'],
  ] as const)(
    'a release that is %s goes back, and its last words are in the job’s log',
    async ([kind, code, words]) => {
      const before = await now()
      const bad = await shop.image('v3', kind)
      const played = await release('v3', bad, { 'check-timeout': '8s' })
      expect(played.belay, played.log).toBe('rolled-back')
      expect(played.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code']).toBe(code)
      expect(played.log).toContain(words)
      await expect.poll(now, tidied).toEqual(before)
    },
  )

  test('a job that fails later goes back', async () => {
    const before = await now()
    const played = await release('v1', v1, {}, [{ run: 'exit 1' }])
    expect(played.belay, played.log).toBe('rolled-back')
    await expect.poll(now, tidied).toEqual(before)
  })

  test('an image that is not there, and a wrong token: one clear word each, nothing touched, no login left', async () => {
    const [before, running] = [await now(), await containers()]
    const gone = v1.replace(/[0-9a-f]{64}$/, 'a'.repeat(64))
    for (const [image, inputs, code] of [
      [gone, {}, 'image-missing'],
      [gone, { 'registry-token': 'not-the-token' }, 'registry-refused'],
      [gone, { 'registry-user': '', 'registry-token': '' }, 'registry-refused'],
    ] as const) {
      const played = await release('v4', image, inputs)
      expect(played.belay, played.log).toBe('unchanged')
      expect(played.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code'], played.log).toBe(code)
    }
    await expect.poll(now, tidied).toEqual(before)
    expect(await containers()).toBe(running)
    expect((await host.run(['find', '/dev/shm', '/srv/api', '-name', 'belay-login*'])).stdout).toBe('')
  })
})
