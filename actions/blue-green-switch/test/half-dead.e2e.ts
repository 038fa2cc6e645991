import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { need } from '../../../test/support/need.ts'
import { meanwhile, shaOf, until } from '../../../test/support/scene.ts'
import { openSwitchFixture } from './support/fixture.ts'
import { startClient } from './support/slots.ts'

const whyNot = canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy')

need(whyNot)('a network that swallows packets and refuses nothing', () => {
  test.for(['nginx', 'haproxy'] as const)(
    '%s: in the middle of the switch: the step ends by itself, and so does the host',
    async (driver, context) => {
      const stage = await openSwitchFixture(context, driver)
      context.onTestFinished(() => stage.host.link.blackhole(false))
      const client = startClient(stage.url)
      const played = await stage.job({ 'confirm-timeout': '20s' }, [], {
        pause: {
          step: 'release/switch',
          stage: 'main',
          match: { event: 'phase', phase: 'switch' },
          harm: () => stage.host.link.blackhole(true),
        },
      })
      expect(played.paused).toBe(true)
      // Never better than it was seen: what did not answer may have moved.
      expect(['mixed', 'undo-started'], played.log).toContain(played.belay)
      expect(played.result.conclusion).toBe('failure')
      expect(played.job.steps[0]?.outputs.active, played.log).toBe('')
      stage.host.link.blackhole(false)
      await until('the host to go back', 60, async () => ['undone', 'released'].includes(await stage.state()))
      expect(await stage.serves()).toBe('v1')
      const answers = [...(await client.stop()).keys()]
      expect(answers.filter((answer) => ![shaOf('v1'), shaOf('v2')].includes(answer))).toEqual([])
      const next = await stage.job()
      expect(next.belay, next.log).toBe('committed')
    },
  )

  test('before the end of the job: nothing is confirmed, and the host goes back by itself', async (context) => {
    const stage = await openSwitchFixture(context, 'nginx')
    context.onTestFinished(() => stage.host.link.blackhole(false))
    const [step, options] = meanwhile(async () => stage.host.link.blackhole(true), 'exit 0')
    const played = await stage.job({ 'confirm-timeout': '20s' }, [step], options)
    expect(played.belay, played.log).toBe('mixed')
    expect(played.result.conclusion).toBe('failure')
    stage.host.link.blackhole(false)
    await until('the countdown', 120, async () => (await stage.state()) === 'undone')
    expect(await stage.serves()).toBe('v1')
  })
})
