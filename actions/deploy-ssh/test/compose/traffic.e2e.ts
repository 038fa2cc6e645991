import { canStartHostEngine, canStartHosts, canStartProxy, canStartRegistry } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { fill, move, openSlotScene, throughProxy } from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'
import { openShop } from './shop.ts'

need(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry() ?? canStartProxy('nginx'))(
  'slots by Compose, behind nginx in a container',
  () => {
    test('traffic moves and comes back', { timeout: 300_000 }, async ({ onTestFinished }) => {
      const shop = await openShop(openSlotScene())
      onTestFinished(() => shop.close())
      const first = await shop.scene.job('v1', [fill(shop, shop.v1), move(shop)])
      expect(first.belay, first.log).toBe('committed')
      expect(await throughProxy(shop.host)).toBe('v1')
      const failed = await shop.scene.job('v2', [fill(shop, shop.v2), move(shop), { run: 'exit 1' }])
      expect(failed.belay, failed.log).toBe('rolled-back')
      expect(await throughProxy(shop.host)).toBe('v1')
      const second = await shop.scene.job('v2', [fill(shop, shop.v2), move(shop)])
      expect(second.belay, second.log).toBe('committed')
      expect(await throughProxy(shop.host)).toBe('v2')
    })
  },
)
