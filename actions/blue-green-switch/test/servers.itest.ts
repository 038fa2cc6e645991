import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { shaOf } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { failureCode, formerOf, nextOf, openServersFixture, ordersOf, outputsOf } from './support/servers.ts'
import { startClient } from './support/slots.ts'

const whyNot = canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy')
const drivers = ['nginx', 'haproxy'] as const

describeIf(whyNot)('a proxy before several servers', () => {
  test.for(drivers)(
    '%s: moves all pairs, back again, and keeps what else is said of a server',
    async (driver, context) => {
      // The first server serves at its second port: each goes to its own other slot.
      const addresses = ['127.0.0.1', '127.0.0.2', '::1']
      const lab = await openServersFixture(context, { driver, addresses, weights: [3, 1, 1], mixed: true })
      const clients = lab.urls.map(startClient)
      const before = await ordersOf(lab)
      const failed = await lab.job({}, [{ run: 'exit 1' }])
      expect(failed.belay, failed.log).toBe('rolled-back')
      expect(failed.log).toContain(`traffic is back in slots ${formerOf(lab)}`)
      expect(await ordersOf(lab)).toBe(before)
      expect(await lab.serves()).toBe('v1')

      const done = await lab.job()
      expect(done.belay, done.log).toBe('committed')
      expect(outputsOf(done)).toMatchObject({ active: nextOf(lab), previous: formerOf(lab), 'inflight-at-cutoff': '0' })
      const [a, b, c] = lab.servers.map(({ places }) => places.next)
      const lines = `server ${a} weight=3 max_fails=2;\nserver ${b} weight=1 max_fails=2;\nserver ${c} weight=1 max_fails=2;\n`
      expect(await ordersOf(lab)).toBe(driver === 'nginx' ? lines : '0 3 0 1 0 1')
      expect(await lab.serves()).toBe('v2')

      // What reads the proxy is shown above for both; the rest of these is one code.
      if (driver === 'nginx') {
        const again = await lab.job()
        expect(again.belay, again.log).toBe('noop')
        const status = await lab.job({ command: 'status' })
        expect(status.log).toContain(
          `traffic goes to ${nextOf(lab)}; ${lab.servers[0]?.places.former} answers, ${a} answers, `,
        )
        expect(status.log).not.toContain('the old slot is kept')
      }

      const back = await lab.fixture.job('v9', [lab.step({ command: 'rollback' })])
      expect(back.belay, back.log).toBe('committed')
      expect(await ordersOf(lab)).toBe(before)
      for (const client of clients)
        expect([...(await client.stop()).keys()].sort()).toEqual([shaOf('v1'), shaOf('v2')].sort())
    },
  )

  test.for(drivers)('%s: what does not fit is named, and nothing moves', async (driver, context) => {
    const lab = await openServersFixture(context, { driver })
    const [one = '', two = '', three = ''] = lab.slots.split('\n')
    const unlisted = await lab.job({ slots: `${one}\n${two}` })
    expect(failureCode(unlisted), unlisted.log).toBe('proxy-unreadable')
    expect(unlisted.log).toMatch(new RegExp(`sends traffic to .*${three.split(' ')[0]}.*none of the slots`))

    const missing = await lab.job({ slots: `${lab.slots}\n127.0.0.9:1 127.0.0.9:2` })
    expect(failureCode(missing), missing.log).toBe('server-missing')
    const absent = driver === 'nginx' ? 'names neither 127.0.0.9:1 nor 127.0.0.9:2' : 'no server at 127.0.0.9:1'
    expect(missing.log).toContain(absent)

    const [, second] = lab.servers
    if (second) second.next.version = shaOf('v3')
    const other = await lab.job()
    expect(failureCode(other), other.log).toBe('slot-unfit')
    expect(other.log).toContain(`http://${second?.places.next}/health answers, but its answer does not name`)
    expect(other.belay).toBe('unchanged')
    expect(await lab.serves()).toBe('v1')
  })
})

describeIf(whyNot)('two proxies before the same servers', () => {
  test('both move, or none', async (context) => {
    const lab = await openServersFixture(context, { driver: 'nginx', proxies: 2 })
    const before = await ordersOf(lab)
    // Somebody else edits the file of the second one between the proof and the move.
    const failed = await lab.job({}, [], {
      pause: {
        step: 'release/switch',
        stage: 'main',
        match: { event: 'phase', phase: 'switch' },
        inject: () => lab.edit(1),
      },
    })
    expect(failureCode(failed), failed.log).toBe('apply-failed')
    expect(failed.log).toContain('changed from outside')
    expect(await ordersOf(lab)).toBe(before)
    expect(await lab.serves()).toBe('v1 | v1')
  })
})
