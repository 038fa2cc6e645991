import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartProxy, startHaproxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { assignments } from '../../../../packages/host/src/quote.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { script } from '../../src/script.ts'
import { temporary } from '../support/fixture.ts'
import { startSlot } from '../support/slots.ts'
import { driverContract } from './contract.ts'
import { haproxy, nginx } from './subjects.ts'

describeIf(canStartProxy('nginx'))('nginx, with slots as places', () => driverContract({ ...nginx, places: true }))

describeIf(canStartProxy('haproxy'))('HAProxy, with slots as places', () =>
  driverContract({ ...haproxy, places: true }),
)

describeIf(canStartProxy('haproxy'))('a move of three pairs of HAProxy', () => {
  test('that is killed before any of its orders goes back whole, and changes nothing else', async (context) => {
    const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3']
    const slots = await Promise.all(
      addresses.flatMap((address) => [startSlot(address, 'v1'), startSlot(address, 'v2')]),
    )
    const places = slots.map(({ port }, index) => `${addresses[Math.floor(index / 2)]}:${port}`)
    const weights = [30, 0, 10, 0, 10, 0]
    const servers = places.map((place, index) => `s${index} ${place} weight ${weights[index]}`)
    const proxy = await startHaproxy(undefined, { servers })
    const folder = temporary(context)
    context.onTestFinished(async () => {
      await Promise.all([proxy.stop(), ...slots.map((slot) => slot.stop())])
    })
    const facts = {
      ...{ driver: 'haproxy', backend: proxy.backend, socket: proxy.socket, state_file: proxy.stateFile },
      slots: places.join(' '),
      from: places.filter((_, index) => index % 2 === 0).join(' '),
      slot: places.filter((_, index) => index % 2 === 1).join(' '),
    }
    const run = (words: string) => {
      const file = join(folder, 'run.sh')
      const text = script.text.replace(/\n\[ -z "\$\{1-\}" \].*\n$/, '\n')
      const end = 'echo well || echo "$why"'
      writeFileSync(file, `${text}\n${assignments('r_', facts)}work='${folder}' why=''\n${words} && ${end}\n`)
      return new Promise<string>((resolve) => execFile('sh', [file], (_, said) => resolve(said.trim())))
    }
    const read = 'haproxy_read && printf "%s " "$weights"'
    const before = await run(read)
    const killed = (orders: number) => `orders=${orders}
      haproxy_order() { [ $orders -gt 0 ] || exit 7; orders=$((orders - 1)); haproxy_ask "$1" >/dev/null; }`
    for (const percent of [25, 100])
      for (let orders = 0; orders < 6; orders += 1) {
        expect(await run('haproxy_read && haproxy_prepare')).toBe('well')
        const move = `shares ${percent}\nhaproxy_apply $shares`
        expect(await run(`${killed(orders)}\n${move}`), `${orders} orders`).toBe('')
        expect(await run('shares 0; haproxy_restore && haproxy_confirm $shares'), `${orders} orders`).toBe('well')
        expect(await run(read)).toBe(before)
      }
    const step = (percent: number) => `shares ${percent}; haproxy_apply $shares && haproxy_confirm $shares && ${read}`
    const seen = (await run(step(25))).match(/=\d+/g)?.map((one) => Number(one.slice(1)))
    // 30 : 10 : 10, times eight: a quarter of each.
    expect(seen).toEqual([180, 60, 60, 20, 60, 20])
    expect((await run(step(100))).match(/=\d+/g)).toEqual(['=0', '=30', '=0', '=10', '=0', '=10'])
  })
})
