import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { duringStep, shaOf, waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { atPhase } from '../../../test/support/pauses.ts'
import { openSwitchFixture } from './support/fixture.ts'
import { startClient } from './support/slots.ts'

const whyNot = canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy')

describeIf(whyNot)('a network that swallows packets and refuses nothing', () => {
  test.for(['nginx', 'haproxy'] as const)(
    '%s: in the middle of the switch: the step ends, and so does the host',
    async (driver, context) => {
      const lab = await openSwitchFixture(context, driver)
      context.onTestFinished(() => lab.host.link.blackhole(false))
      const client = startClient(lab.url)
      const completed = await lab.job(
        { 'confirm-timeout': '20s' },
        [],
        atPhase('release/switch', 'switch', () => lab.host.link.blackhole(true)),
      )
      expect(completed.paused).toBe(true)
      // Never better than it was seen: what did not answer may have moved.
      expect(['mixed', 'undo-started'], completed.log).toContain(completed.belay)
      expect(completed.result.conclusion).toBe('failure')
      expect(completed.job.steps[0]?.outputs.active, completed.log).toBe('')
      lab.host.link.blackhole(false)
      await waitFor('the host to go back', 60, async () => ['undone', 'released'].includes(await lab.state()))
      expect(await lab.serves()).toBe('v1')
      const answers = [...(await client.stop()).keys()]
      expect(answers.filter((answer) => ![shaOf('v1'), shaOf('v2')].includes(answer))).toEqual([])
      const next = await lab.job()
      expect(next.belay, next.log).toBe('committed')
    },
  )

  test('before the end of the job: nothing is confirmed, and the host rolls back on its own', async (context) => {
    const lab = await openSwitchFixture(context, 'nginx')
    context.onTestFinished(() => lab.host.link.blackhole(false))
    const [step, options] = duringStep(async () => lab.host.link.blackhole(true), 'exit 0')
    const completed = await lab.job({ 'confirm-timeout': '20s' }, [step], options)
    expect(completed.belay, completed.log).toBe('mixed')
    expect(completed.result.conclusion).toBe('failure')
    lab.host.link.blackhole(false)
    await waitFor('the countdown', 120, async () => (await lab.state()) === 'undone')
    expect(await lab.serves()).toBe('v1')
  })
})
