import { canStartHostEngine, canStartHosts, canStartProxy, canStartRegistry } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { fill, move, openComposeSlotFixture, throughProxy } from '../../../../test/support/compose.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { openShop } from './shop.ts'

describeIf(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry() ?? canStartProxy('nginx'))(
  'slots by Compose, behind nginx in a container',
  () => {
    test('traffic moves and comes back', { timeout: 300_000 }, async ({ onTestFinished }) => {
      const fixture = await openShop(openComposeSlotFixture())
      onTestFinished(() => fixture.close())
      const first = await fixture.fixture.job('v1', [fill(fixture, fixture.v1), move(fixture)])
      expect(first.belay, first.log).toBe('committed')
      expect(await throughProxy(fixture.host)).toBe('v1')
      const failed = await fixture.fixture.job('v2', [fill(fixture, fixture.v2), move(fixture), { run: 'exit 1' }])
      expect(failed.belay, failed.log).toBe('rolled-back')
      expect(await throughProxy(fixture.host)).toBe('v1')
      const second = await fixture.fixture.job('v2', [fill(fixture, fixture.v2), move(fixture)])
      expect(second.belay, second.log).toBe('committed')
      expect(await throughProxy(fixture.host)).toBe('v2')
    })
  },
)
