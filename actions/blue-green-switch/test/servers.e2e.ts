import { startLoadClient } from '@belay/load'
import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { duringStep, shaOf, waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { atPhase, loseRunnerOnceArmed } from '../../../test/support/pauses.ts'
import {
  failureCode,
  formerOf,
  nextOf,
  openServersFixture,
  ordersOf,
  outputsOf,
  type ServersFixture,
} from './support/servers.ts'

const whyNot = canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy')
const drivers = ['nginx', 'haproxy'] as const

/** Users of every proxy, 200 requests a second together; `stop` expects that none of them failed. */
async function startUsers({ urls }: ServersFixture): Promise<{ stop(): Promise<void> }> {
  const [rate, connections, versionOf] = [200 / urls.length, 'fresh', 'header:x-version'] as const
  const clients = await Promise.all(urls.map((url) => startLoadClient({ url, rate, connections, versionOf })))
  return {
    async stop() {
      for (const client of clients) {
        const { sent, failed, versions } = await client.stop()
        expect(failed).toEqual([])
        expect(sent).toBeGreaterThan(100)
        expect([...new Set(versions.map(({ version }) => version))].sort()).toEqual([shaOf('v1'), shaOf('v2')].sort())
      }
    },
  }
}

async function cutOff({ hosts }: ServersFixture, index: number): Promise<void> {
  await hosts[index]?.link.refuse(true)
  hosts[index]?.link.cut()
}

describeIf(whyNot)('two proxies before three servers, with users', () => {
  test.for(drivers)('%s: a switch, an undo, a rollback: no request fails', async (driver, context) => {
    const lab = await openServersFixture(context, { driver, proxies: 2, weights: [3, 1, 1] })
    const users = await startUsers(lab)
    const failed = await lab.job({}, [{ run: 'exit 1' }])
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(await lab.serves()).toBe('v1 | v1')
    const done = await lab.job()
    expect(done.belay, done.log).toBe('committed')
    expect(await lab.serves()).toBe('v2 | v2')
    const back = await lab.fixture.job('v9', [lab.step({ command: 'rollback' })])
    expect(back.belay, back.log).toBe('committed')
    expect(await lab.serves()).toBe('v1 | v1')
    await users.stop()
  })

  test.for(drivers)('%s: the runner is lost: both return by themselves', async (driver, context) => {
    const lab = await openServersFixture(context, { driver, proxies: 2 })
    const users = await startUsers(lab)
    const lost = await lab.job({ 'confirm-timeout': '8s' }, [], loseRunnerOnceArmed('release/switch'))
    expect(lost.result.conclusion).toBe('lost')
    expect(await lab.serves()).toBe('v2 | v2')
    await waitFor('the confirm timeouts', 30, async () => (await lab.states()) === 'undone undone')
    expect(await lab.serves()).toBe('v1 | v1')
    await users.stop()
  })

  test.for(drivers)('%s: the job is cancelled: both return', async (driver, context) => {
    const lab = await openServersFixture(context, { driver, proxies: 2 })
    const users = await startUsers(lab)
    const [step, options] = duringStep((controller) => controller.cancel(), 'sleep 60')
    const cancelled = await lab.job({}, [step], options)
    expect(cancelled.result.conclusion).toBe('cancelled')
    expect(cancelled.belay, cancelled.log).toBe('rolled-back')
    expect(await lab.serves()).toBe('v1 | v1')
    await users.stop()
  })

  test('one is cut off before the undo: it returns by itself', async (context) => {
    const lab = await openServersFixture(context, { driver: 'nginx', proxies: 2 })
    const users = await startUsers(lab)
    const [step, options] = duringStep(() => cutOff(lab, 1), 'exit 1')
    const failed = await lab.job({ 'confirm-timeout': '15s' }, [step], options)
    expect(failed.belay, failed.log).toBe('mixed')
    expect(failed.log).toContain('on its own when its confirm timeout expires')
    await waitFor('its confirm timeout', 40, async () => (await lab.serves()) === 'v1 | v1')
    await users.stop()
  })

  test('one is cut off before the commit: it returns, the job is red, and later it follows', async (context) => {
    const lab = await openServersFixture(context, { driver: 'nginx', proxies: 2 })
    const users = await startUsers(lab)
    const cut = await lab.job(
      { 'confirm-timeout': '15s' },
      [],
      atPhase('release/switch', 'armed', () => cutOff(lab, 1)),
    )
    // The one that was not reached could not be asked: so nothing is committed.
    expect(cut.result.conclusion).toBe('failure')
    expect(cut.belay, cut.log).toBe('mixed')
    await waitFor('its confirm timeout', 40, async () => (await lab.serves()) === 'v1 | v1')
    await lab.hosts[1]?.link.refuse(false)
    const done = await lab.job()
    expect(done.belay, done.log).toBe('committed')
    expect(await lab.serves()).toBe('v2 | v2')
    await users.stop()
  })

  test('the process of one is dead, and the runner lost: the next run undoes that first', async (context) => {
    const lab = await openServersFixture(context, { driver: 'haproxy', proxies: 2 })
    const lost = await lab.job(
      { 'confirm-timeout': '20s' },
      [],
      atPhase('release/switch', 'armed', async (controller) => {
        const [host] = lab.hosts
        for (const { pid, args } of (await host?.processes()) ?? [])
          if (args.includes('serve')) await host?.kill(pid, 'SIGKILL')
        controller.loseRunner()
      }),
    )
    expect(lost.result.conclusion).toBe('lost')
    await waitFor('the other one', 60, async () => (await lab.serves()) === 'v2 | v1')
    for (const { next } of lab.servers) next.version = shaOf('v3')
    const next = await lab.job()
    expect(failureCode(next), next.log).toBe('slot-unfit')
    expect(next.log).toContain('its traffic was restored first')
    for (const server of lab.servers) server.next.version = shaOf('v2')
    expect(await lab.serves()).toBe('v1 | v1')
  })

  test('killed at any boundary it ends with the former slots serving', async (context) => {
    const lab = await openServersFixture(context, { driver: 'nginx', proxies: 2 })
    for (const phase of ['lock', 'prove', 'switch', 'weight-100', 'switched', 'armed']) {
      const killed = await lab.job(
        {},
        [],
        atPhase('release/switch', phase, (controller) => controller.kill()),
      )
      expect(['rolled-back', 'unchanged'], killed.log).toContain(killed.belay)
      expect(await lab.serves(), phase).toBe('v1 | v1')
    }
  })

  test('that send traffic to different slots are refused, and one alone can follow the other', async (context) => {
    const lab = await openServersFixture(context, { driver: 'nginx', proxies: 2 })
    const [first = '', second = ''] = lab.hosts.map(({ target }) => target)
    const alone = await lab.job({ hosts: first })
    expect(alone.belay, alone.log).toBe('committed')
    const both = await lab.job()
    expect(failureCode(both), both.log).toBe('proxies-differ')
    expect(both.log).toContain(`sends traffic to ${formerOf(lab)}`)
    expect(both.belay).toBe('unchanged')
    const followed = await lab.job({ hosts: second })
    expect(followed.belay, followed.log).toBe('committed')
    expect(await lab.serves()).toBe('v2 | v2')
    expect((await lab.job()).belay).toBe('noop')
  })
})

describeIf(whyNot)('the drain', () => {
  test.for(drivers)(
    '%s: requests that are still with former places are counted, and answered',
    async (driver, context) => {
      const lab = await openServersFixture(context, { driver, mixed: true })
      const open: Promise<string>[] = []
      const ask = async () => {
        const request = () => ({ headers: { connection: 'close' }, signal: AbortSignal.timeout(60_000) })
        const [url = ''] = lab.urls
        for (let count = 0; count < 6; count += 1)
          open.push(fetch(`${url}slow`, request()).then((response) => response.text()))
        await new Promise((resolve) => setTimeout(resolve, 1000))
      }
      const done = await lab.job({ 'drain-timeout': '1s' }, [], atPhase('release/switch', 'switch', ask))
      expect(done.belay, done.log).toBe('committed')
      expect(outputsOf(done)['inflight-at-cutoff'], done.log).toBe('6')
      for (const { former } of lab.servers) former.release()
      expect(await Promise.all(open)).toEqual(Array(6).fill(shaOf('v1')))
    },
  )
})

describeIf(whyNot)('in steps', () => {
  test('each server keeps its share, and no request fails', async (context) => {
    const lab = await openServersFixture(context, { driver: 'haproxy', weights: [3, 1, 1] })
    const users = await startUsers(lab)
    let seen = ''
    const look = async () => {
      seen = await ordersOf(lab)
    }
    const done = await lab.job({ weights: '25', hold: '3s' }, [], atPhase('release/switch', 'switched', look))
    expect(done.belay, done.log).toBe('committed')
    expect(seen).toBe('0 3 0 1 0 1')
    await users.stop()
  })
})

describeIf(whyNot)('the gate between steps', () => {
  test('one new slot of three that fails it takes all back', async (context) => {
    const lab = await openServersFixture(context, { driver: 'haproxy', weights: [3, 1, 1] })
    const fail = () => {
      const [, second] = lab.servers
      if (second) second.next.version = 'something else'
    }
    const failed = await lab.job({ weights: '25', hold: '6s' }, [], atPhase('release/switch', 'weight-25', fail))
    expect(failureCode(failed), failed.log).toBe('gate-failed')
    expect(failed.log).toContain(`http://${lab.servers[1]?.places.next}/health answers, but its answer does not name`)
    expect(failed.belay).toBe('rolled-back')
    expect(await ordersOf(lab)).toBe('3 0 1 0 1 0')
  })
})

describeIf(whyNot)('an undo, with former slots that died since', () => {
  const killing = (lab: ServersFixture, count: number) =>
    duringStep(async () => {
      for (const { former } of lab.servers.slice(0, count)) await former.stop()
    }, 'exit 1')

  test.for(drivers)('%s: one of three: all traffic returns, and the dead one is named', async (driver, context) => {
    const lab = await openServersFixture(context, { driver })
    const before = await ordersOf(lab)
    const [step, options] = killing(lab, 1)
    const failed = await lab.job({}, [step], options)
    expect(failed.belay, failed.log).toBe('mixed')
    expect(failed.log).toContain(`from the check of slot ${lab.servers[0]?.places.former}`)
    expect(await ordersOf(lab)).toBe(before)
    expect(await lab.serves()).toBe('v1')
  })

  test.for(drivers)('%s: one that was dead before need not answer', async (driver, context) => {
    const lab = await openServersFixture(context, { driver })
    const before = await ordersOf(lab)
    await lab.servers[2]?.former.stop()
    const failed = await lab.job({}, [{ run: 'exit 1' }])
    expect(failed.belay, failed.log).toBe('rolled-back')
    expect(await ordersOf(lab)).toBe(before)
    expect(await lab.serves()).toBe('v1')
  })

  test.for(drivers)('%s: two of three: traffic stays where it is answered (rule 11)', async (driver, context) => {
    const lab = await openServersFixture(context, { driver })
    const before = await ordersOf(lab)
    const [step, options] = killing(lab, 2)
    const failed = await lab.job({}, [step], options)
    expect(failed.belay, failed.log).toBe('mixed')
    expect(failed.log).toContain(`traffic stays with slots ${nextOf(lab)}`)
    expect(await lab.serves()).toBe('v2')
    const [, hand = ''] = /once the check of .* passes: (.*); for its log/.exec(failed.log) ?? []
    await lab.hosts[0]?.run(['sh', '-c', hand])
    expect(await ordersOf(lab), hand).toBe(before)
  })
})
