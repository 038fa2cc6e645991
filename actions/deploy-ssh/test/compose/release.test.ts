import { canStartHostEngine, canStartHosts, canStartRegistry } from '@belay/testbed'
import { expect, test } from 'vitest'
import { openComposeScene } from '../../../../test/support/compose.ts'
import { need } from '../../../../test/support/need.ts'

need(canStartHosts() ?? canStartHostEngine() ?? canStartRegistry())('restart: compose', () => {
  test('a release, a second one, the same again', { timeout: 180_000 }, async ({ onTestFinished }) => {
    const shop = await openComposeScene({ env: 'OTHER=stays\n' })
    onTestFinished(() => shop.close())
    const [host] = shop.hosts as [(typeof shop.hosts)[number]]
    const v1 = await shop.image('v1')
    const first = await shop.scene.job('v1', [shop.deploy(v1)])
    expect(first.belay, first.log).toBe('committed')
    expect(await shop.scene.serves(host, 'api')).toBe('v1')
    const v2 = await shop.image('v2')
    const second = await shop.scene.job('v2', [shop.deploy(v2)])
    expect(second.belay, second.log).toBe('committed')
    expect(await shop.scene.serves(host, 'api')).toBe('v2')
    const third = await shop.scene.job('v2', [shop.deploy(v2)])
    expect(third.belay, third.log).toBe('noop')
  })
})
