import { execFile } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assignments } from '@belay/remote'
import { canStartProxy, startHaproxy } from '@belay/testbed'
import { expect, type TestContext, test } from 'vitest'
import { need } from '../../../test/support/need.ts'
import { until } from '../../../test/support/scene.ts'
import { script } from '../src/script.ts'
import { holdLock, type Neighbour, openNeighbours } from './support/neighbours.ts'
import { startClient } from './support/slots.ts'

const newest = ({ traffic }: Neighbour) => traffic.states().split(' ').at(-1)
const colours = ['green', 'blue']
const rounds = ['1', '2', '3', '4', '5']

/** Moves to and fro; each round must end where it should. */
async function toAndFro(service: Neighbour): Promise<void> {
  for (const [index, round] of rounds.entries()) {
    const colour = colours[index % 2] ?? ''
    const armed = await service.move(round, colour)
    expect(armed, service.traffic.log()).toMatchObject({ state: 'armed', worked: true })
    expect(await service.serves()).toBe(colour)
    expect(await service.traffic.confirm(round)).toMatchObject({ state: 'confirmed' })
  }
}

need(canStartProxy('nginx'))('two services behind one nginx', () => {
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
        const armed = await two.move(`bad-${count}`, 'blue', { slots: `${port} 70000`, check })
        expect(armed.failed).toMatch(/^apply nginx would not load its configuration: .*invalid port/)
        await until('it to be back', 60, async () => newest(two) === 'undone')
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

need(canStartProxy('nginx'))('the host’s lock of an nginx', () => {
  test('is waited for, and nothing is done before', async (context) => {
    const { one, calls, holdLock } = await openNeighbours(context)
    const other = await holdLock()
    await one.hold('1', 'green')
    const moving = one.traffic.arm('1')
    await until('the order', 60, async () => one.traffic.log().includes('phase weight-100'))
    await new Promise((resolve) => setTimeout(resolve, 3000))
    expect([await one.serves(), calls()]).toEqual(['blue', []])
    await other.end()
    expect(await moving).toMatchObject({ state: 'armed', worked: true })
    expect(await one.serves()).toBe('green')
  })

  test('that is not given back is one clear failure which says who has it, and nginx was not touched', async (context) => {
    const { one, calls, holdLock } = await openNeighbours(context)
    await holdLock()
    const { failed } = await one.move('1', 'green')
    expect(failed).toMatch(
      /^apply another change of this proxy had the host's lock on \/proc\/\d+ for 30 s: process \d+ \(sleep 300\)$/,
    )
    await until('the end', 60, async () => newest(one) === 'undone')
    expect([await one.serves(), calls()], one.traffic.log()).toEqual(['blue', []])
  })

  test('does not stop who goes back, by order or by countdown, and its log says so', async (context) => {
    const { one, two, holdLock } = await openNeighbours(context)
    for (const service of [one, two])
      expect(await service.move('1', 'green')).toMatchObject({ state: 'armed', worked: true })
    await holdLock()
    two.traffic.end('1')
    expect(await one.traffic.undo('1')).toMatchObject({ state: 'undone' })
    await until('the countdown', 60, async () => newest(two) === 'undone')
    for (const { serves, traffic } of [one, two]) {
      expect(await serves()).toBe('blue')
      expect(traffic.log()).toMatch(/phase unlocked another change of this proxy had the host's lock .* for 10 s/)
    }
  })

  test('ends with the process that is killed while it holds it, whatever that leaves running', async (context) => {
    const { one, two, hang } = await openNeighbours(context)
    const { hanging, letGo } = hang('two')
    await two.hold('1', 'green')
    const killed = two.traffic.arm('1')
    await until('its test of the configuration', 60, async () => hanging() !== undefined)
    await one.hold('1', 'green')
    const waiting = one.traffic.arm('1')
    await until('the order', 60, async () => one.traffic.log().includes('phase weight-100'))
    await two.kill()
    expect(await waiting).toMatchObject({ state: 'armed', worked: true })
    expect(existsSync(`/proc/${hanging()}`)).toBe(true)
    letGo()
    await killed
  })

  test('no busy neighbour stops a boot', async (context) => {
    const { one, holdLock } = await openNeighbours(context)
    await one.move('1', 'green')
    await one.kill()
    await holdLock()
    await one.traffic.run('recover')
    expect(newest(one), one.traffic.log()).toBe('undone')
    await until('the reload', 20, async () => (await one.serves()) === 'blue')
  })
})

need(canStartProxy('haproxy'))('the host’s lock of an HAProxy', () => {
  test('keeps its state file, in every shell', async (context) => {
    await Promise.all([['dash'], ['busybox', 'sh'], ['bash', '--posix']].map((shell) => keepsStateFile(context, shell)))
  })
})

async function keepsStateFile(context: TestContext, [program = '', ...args]: string[]): Promise<void> {
  const proxy = await startHaproxy(undefined, { slots: [5001, 5002] })
  context.onTestFinished(() => proxy.stop())
  const text = script.text.replace(/\n\[ -z "\$\{1-\}" \].*\n$/, '\n')
  const facts = { driver: 'haproxy', backend: proxy.backend, socket: proxy.socket, state_file: proxy.stateFile }
  const run = (words: string) =>
    new Promise<string>((resolve) => {
      const file = join(proxy.folder, `run-${words.length}.sh`)
      writeFileSync(file, `${text}\n${assignments('r_', { ...facts, slots: '5001 5002' })}why=''\n${words}\n`)
      execFile(program, [...args, file], { timeout: 100_000 }, (_, stdout, stderr) => resolve(`${stdout}${stderr}`))
    })
  const other = await holdLock(context, proxy.folder)
  const waiting = run('haproxy_persist && echo saved')
  const returning = await run('returning=yes; haproxy_persist && echo saved')
  expect(returning).toMatch(/^@belay phase unlocked .* for 10 s: process \d+ \(sleep 300\);.*\nsaved\n$/)
  rmSync(proxy.stateFile)
  await other.end()
  expect(await waiting).toBe('saved\n')
  expect(readFileSync(proxy.stateFile, 'utf8')).toMatch(/^1\n/)
  // What took it has given it back while it still runs.
  expect(await run('haproxy_persist && flock -n "$thing" true && echo free')).toBe('free\n')
}
