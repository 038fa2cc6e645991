import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { type Neighbour, newest, openNeighbours } from './support/neighbours.ts'
import { startClient } from './support/slots.ts'

const colours = ['green', 'blue']
const rounds = ['1', '2', '3', '4', '5']

/** Moves to and fro; each round must end where it should. */
async function toAndFro(service: Neighbour): Promise<void> {
  for (const [index, round] of rounds.entries()) {
    const colour = colours[index % 2] ?? ''
    const armed = await service.move(round, colour)
    expect(armed, service.traffic.log()).toMatchObject({ state: 'armed', changed: true })
    expect(await service.serves()).toBe(colour)
    expect(await service.traffic.confirm(round)).toMatchObject({ state: 'confirmed' })
  }
}

describeIf(canStartProxy('nginx'))('two services behind one nginx', () => {
  test('that switch at the same time take turns, and no request fails', async (context) => {
    const { one, two, calls } = await openNeighbours(context)
    const clients = [startClient(one.url), startClient(two.url)]
    await Promise.all([toAndFro(one), toAndFro(two)])
    for (const client of clients) expect([...(await client.stop()).keys()].sort()).toEqual(['blue', 'green'])
    const changes = calls()
      .join('\n')
      .split(/(?<=reload)\n/)
    expect(changes).toHaveLength(2 * rounds.length)
    for (const change of changes) {
      const [name] = change.split(' ')
      expect(change.split('\n'), calls().join(', ')).toEqual([`${name} validate`, `${name} validate`, `${name} reload`])
    }
  })

  test('one whose file nginx refuses, again and again, never makes the other fail', async (context) => {
    const { one, two } = await openNeighbours(context)
    const check = `${two.url}{slot}`
    let ended = false
    const bad = (async () => {
      let count = 0
      while (!ended) {
        count += 1
        const [port = ''] = /\d+(?=;)/.exec(readFileSync(join(two.upstream, 'active.conf'), 'utf8')) ?? []
        const armed = await two.move(`bad-${count}`, 'blue', { slots: [port, 70000], check })
        expect(armed.failed).toMatch(/^apply nginx would not load its configuration: .*invalid port/)
        await waitFor('it to be back', 60, async () => newest(two) === 'undone')
      }
      return count
    })()
    await toAndFro(one).finally(() => {
      ended = true
    })
    expect(await bad).toBeGreaterThan(1)
    expect(await two.serves()).toBe('blue')
  })
})

describeIf(canStartProxy('nginx'))('the host’s lock of an nginx (rule 4)', () => {
  test('is waited for, and nothing is done before', async (context) => {
    const { one, calls, holdLock } = await openNeighbours(context)
    const other = await holdLock()
    await one.hold('1', 'green')
    const moving = one.traffic.arm('1')
    await waitFor('the order', 60, async () => one.traffic.log().includes('phase weight-100'))
    await new Promise((resolve) => setTimeout(resolve, 3000))
    expect([await one.serves(), calls()]).toEqual(['blue', []])
    await other.end()
    expect(await moving).toMatchObject({ state: 'armed', changed: true })
    expect(await one.serves()).toBe('green')
  })

  test('keeps a look from seeing what a neighbour has half done', async (context) => {
    const { one, two, holdLock } = await openNeighbours(context)
    await one.hold('1', 'green')
    const other = await holdLock()
    const file = join(two.upstream, 'active.conf')
    const good = readFileSync(file, 'utf8')
    writeFileSync(file, 'server 127.0.0.1:70000;\n')
    const looking = one.traffic.inside('read_state "$changes"/*.move; nginx_missing; echo looked')
    await new Promise((resolve) => setTimeout(resolve, 3000))
    writeFileSync(file, good)
    await other.end()
    expect((await looking).said).toBe('looked')
    writeFileSync(file, 'server 127.0.0.1:70000;\n')
    const { said } = await one.traffic.inside('read_state "$changes"/*.move; nginx_missing; echo looked')
    expect(said).toMatch(
      /^@belay missing proxy-invalid nginx would not load its configuration: .*invalid port.*\nlooked$/,
    )
    writeFileSync(file, good)
  })

  test('ends with the process that is killed while it holds it, whatever that leaves running', async (context) => {
    const { one, two, hang } = await openNeighbours(context)
    const { hanging, letGo } = hang('two')
    await two.hold('1', 'green')
    const killed = two.traffic.arm('1')
    await waitFor('its test of the configuration', 60, async () => hanging() !== undefined)
    await one.hold('1', 'green')
    const waiting = one.traffic.arm('1')
    await waitFor('the order', 60, async () => one.traffic.log().includes('phase weight-100'))
    await two.kill()
    expect(await waiting).toMatchObject({ state: 'armed', changed: true })
    expect(existsSync(`/proc/${hanging()}`)).toBe(true)
    letGo()
    await killed
  })
})
