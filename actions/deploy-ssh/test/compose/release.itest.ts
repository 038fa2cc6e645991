import { canStartHostEngine, canStartHosts, canStartRegistry } from '@belay/test-hosts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { folder, openComposeFixture } from '../../../../test/support/compose.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { openShop, type Shop } from './shop.ts'

const team = '# the team’s\nOTHER="stays as it is"\nDEBUG=1\n'

describeIf(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('restart: compose', () => {
  let fixture: Shop

  beforeAll(async () => {
    fixture = await openShop(openComposeFixture({ env: team }))
    await fixture.up(['db'], { APP_IMAGE: 'x' })
  }, 120_000)
  afterAll(() => fixture?.close(), 60_000)

  const containers = () => fixture.engine.docker('ps', '--no-trunc', '--format', '{{.ID}} {{.Names}}')

  test('a first release that fails leaves nothing running, and .env without its line', async () => {
    const before = await fixture.now()
    const completed = await fixture.release('v1', fixture.v1, {}, [{ run: 'exit 1' }])
    expect(completed.belay, completed.log).toBe('rolled-back')
    // A host tidies up after it has answered.
    await expect.poll(fixture.now).toEqual(before)
    expect((await containers()).split('\n')).toHaveLength(1)
  })

  test.each([
    ['v1', () => fixture.v1],
    ['v2', () => fixture.v2],
  ])('a release of %s sets the line, and leaves all else as it was, the database too', async (version, image) => {
    const before = await fixture.now()
    const completed = await fixture.release(version, image())
    expect(completed.belay, completed.log).toBe('committed')
    expect(completed.log).toContain(`releases app worker of ${folder}, by APP_IMAGE in .env`)
    await expect.poll(fixture.now).toEqual({ ...before, served: version, image: image() })
  })

  test('the same release again changes nothing', async () => {
    const running = await containers()
    const third = await fixture.release('v2', fixture.v2)
    expect(third.belay, third.log).toBe('noop')
    expect(await containers()).toBe(running)
    await fixture.up()
    expect(await containers()).toBe(running)
  })

  test.for([
    ['unhealthy', 'restart-failed', 'is unhealthy'],
    ['ends', 'restart-failed', 'v3 has no config'],
  ] as const)(
    'a release that is %s goes back, and its last words are in the job’s log',
    async ([kind, code, words]) => {
      const before = await fixture.now()
      const bad = await fixture.image('v3', kind)
      const completed = await fixture.release('v3', bad, { 'check-timeout': '8s' })
      expect(completed.belay, completed.log).toBe('rolled-back')
      expect(completed.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code']).toBe(code)
      expect(completed.log).toContain(words)
      await expect.poll(fixture.now).toEqual(before)
    },
  )

  test('a job that fails later goes back', async () => {
    const before = await fixture.now()
    const completed = await fixture.release('v1', fixture.v1, {}, [{ run: 'exit 1' }])
    expect(completed.belay, completed.log).toBe('rolled-back')
    await expect.poll(fixture.now).toEqual(before)
  })

  test.each([
    ['an image that is not there', {}, 'image-missing'],
    ['a wrong token', { 'registry-token': 'not-the-token' }, 'registry-refused'],
    ['no token', { 'registry-user': '', 'registry-token': '' }, 'registry-refused'],
  ])('%s fails the release with its code, changes nothing and leaves no login', async (_, inputs, code) => {
    const [before, running] = [await fixture.now(), await containers()]
    const gone = fixture.v1.replace(/[0-9a-f]{64}$/, 'a'.repeat(64))
    const completed = await fixture.release('v4', gone, inputs)
    expect(completed.belay, completed.log).toBe('unchanged')
    expect(completed.job.steps.find(({ stage }) => stage === 'main')?.outputs['failure-code'], completed.log).toBe(code)
    await expect.poll(fixture.now).toEqual(before)
    expect(await containers()).toBe(running)
    expect((await fixture.host.run(['find', '/dev/shm', '/srv/api', '-name', 'belay-login*'])).stdout).toBe('')
  })
})
