import { execFile, spawn } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartProxy, startHaproxy } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { assignments } from '../../../packages/host/src/quote.ts'
import { waitFor } from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import { script } from '../src/script.ts'
import { holdLock, newest, openNeighbours } from './support/neighbours.ts'

// Slow: what somebody holds is waited for, for as long as on a real host.
describeIf(canStartProxy('nginx'))('the host’s lock of an nginx, when somebody holds it', () => {
  test('that is not released fails the change, names who has it, and leaves nginx as it is', async (context) => {
    const { one, calls, holdLock } = await openNeighbours(context)
    await holdLock()
    const { failed } = await one.move('1', 'green')
    expect(failed).toMatch(
      /^apply another change of this proxy held the host's lock on \/proc\/\d+ for 30 s: process \d+ \(sleep 300\)$/,
    )
    await waitFor('the end', 60, async () => newest(one) === 'undone')
    expect([await one.serves(), calls()], one.traffic.log()).toEqual(['blue', []])
  })

  test('does not stop an undo, by request or by confirm timeout, and its log says so', async (context) => {
    const { one, two, holdLock } = await openNeighbours(context)
    for (const service of [one, two])
      expect(await service.move('1', 'green')).toMatchObject({ state: 'armed', changed: true })
    await holdLock()
    two.traffic.end('1')
    expect(await one.traffic.undo('1')).toMatchObject({ state: 'undone' })
    await waitFor('the countdown', 60, async () => newest(two) === 'undone')
    for (const { serves, traffic } of [one, two]) {
      expect(await serves()).toBe('blue')
      expect(traffic.log()).toMatch(/phase unlocked another change of this proxy held the host's lock .* for 10 s/)
    }
  })

  test('no busy neighbour stops a boot', async (context) => {
    const { one, holdLock } = await openNeighbours(context)
    await one.move('1', 'green')
    await one.kill()
    await holdLock()
    await one.traffic.run('recover')
    expect(newest(one), one.traffic.log()).toBe('undone')
    await waitFor('the reload', 20, async () => (await one.serves()) === 'blue')
  })
})

describeIf(canStartProxy('haproxy'))('the host’s lock of an HAProxy', () => {
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
  // One that has the folder open too, and waits: it is not who has the lock.
  const waiter = spawn('flock', [proxy.folder, 'true'], { stdio: 'ignore' })
  context.onTestFinished(() => void waiter.kill())
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
