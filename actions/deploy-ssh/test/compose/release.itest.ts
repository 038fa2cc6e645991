import { canStartHostEngine, canStartHosts, canStartRegistry } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folder, openComposeScene } from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'
import { openShop, type Shop } from './shop.ts'

const team = '# the team’s\nOTHER="stays as it is"\nDEBUG=1\n'

need(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('restart: compose', () => {
  let shop: Shop

  beforeAll(async () => {
    shop = await openShop(openComposeScene({ env: team }))
    await shop.up(['db'], { APP_IMAGE: 'x' })
  }, 120_000)
  afterAll(() => shop?.close(), 60_000)

  /** A host tidies up after it has answered. */
  const tidied = { timeout: 10_000 }
  const containers = () => shop.engine.docker('ps', '--no-trunc', '--format', '{{.ID}} {{.Names}}')

  test('a first release that fails leaves nothing running, and .env without its line', async () => {
    const before = await shop.now()
    const played = await shop.release('v1', shop.v1, {}, [{ run: 'exit 1' }])
    expect(played.belay, played.log).toBe('rolled-back')
    await expect.poll(shop.now, tidied).toEqual(before)
    expect((await containers()).split('\n')).toHaveLength(1)
  })

  test('two releases and the same again: the line is set, all else is as it was, the database is not touched', async () => {
    const before = await shop.now()
    const first = await shop.release('v1', shop.v1)
    expect(first.belay, first.log).toBe('committed')
    expect(first.log).toContain(`releases app worker of ${folder}, by APP_IMAGE in .env`)
    await expect.poll(shop.now, tidied).toEqual({ ...before, served: 'v1', image: shop.v1 })
    const second = await shop.release('v2', shop.v2)
    expect(second.belay, second.log).toBe('committed')
    await expect.poll(shop.now, tidied).toEqual({ ...before, served: 'v2', image: shop.v2 })
    const running = await containers()
    const third = await shop.release('v2', shop.v2)
    expect(third.belay, third.log).toBe('noop')
    expect(await containers()).toBe(running)
    await shop.up()
    expect(await containers()).toBe(running)
  })

  test.for([
    ['unhealthy', 'restart-failed', 'is unhealthy'],
    ['ends', 'restart-failed', 'v3 has no config'],
  ] as const)(
    'a release that is %s goes back, and its last words are in the job’s log',
    async ([kind, code, words]) => {
      const before = await shop.now()
      const bad = await shop.image('v3', kind)
      const played = await shop.release('v3', bad, { 'check-timeout': '8s' })
      expect(played.belay, played.log).toBe('rolled-back')
      expect(played.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code']).toBe(code)
      expect(played.log).toContain(words)
      await expect.poll(shop.now, tidied).toEqual(before)
    },
  )

  test('a job that fails later goes back', async () => {
    const before = await shop.now()
    const played = await shop.release('v1', shop.v1, {}, [{ run: 'exit 1' }])
    expect(played.belay, played.log).toBe('rolled-back')
    await expect.poll(shop.now, tidied).toEqual(before)
  })

  test('an image that is not there, and a wrong token: one clear word each, nothing touched, no login left', async () => {
    const [before, running] = [await shop.now(), await containers()]
    const gone = shop.v1.replace(/[0-9a-f]{64}$/, 'a'.repeat(64))
    for (const [image, inputs, code] of [
      [gone, {}, 'image-missing'],
      [gone, { 'registry-token': 'not-the-token' }, 'registry-refused'],
      [gone, { 'registry-user': '', 'registry-token': '' }, 'registry-refused'],
    ] as const) {
      const played = await shop.release('v4', image, inputs)
      expect(played.belay, played.log).toBe('unchanged')
      expect(played.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code'], played.log).toBe(code)
    }
    await expect.poll(shop.now, tidied).toEqual(before)
    expect(await containers()).toBe(running)
    expect((await shop.host.run(['find', '/dev/shm', '/srv/api', '-name', 'belay-login*'])).stdout).toBe('')
  })
})
