import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { TestProxy } from '@belay/test-hosts'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { assignments } from '../../../../packages/host/src/quote.ts'
import { script } from '../../src/script.ts'
import { ask, startClient, startSlot, type TestSlot } from '../support/slots.ts'

/** One proxy under the contract: how it is started, and what the driver needs to know. */
export interface Subject {
  readonly driver: 'nginx' | 'haproxy'
  /** True: the slots are given as places, `127.0.0.1:5006`, as for a proxy before several servers. */
  readonly places?: boolean
  start(slots: readonly [number, number]): Promise<TestProxy>
  facts(proxy: TestProxy): Record<string, string>
  /** Somebody moves traffic from the first slot to the second one, by hand. */
  edit(proxy: TestProxy, slots: readonly [number, number]): Promise<void>
  /** What stands on the disk must be whole: reads and starts anew. */
  restart(proxy: TestProxy): Promise<void>
}

const address = '127.0.0.1'

/** What every driver must do with its real proxy. Each test begins with all traffic at the first slot. */
export function driverContract(subject: Subject): void {
  const { driver, places = false } = subject
  const folder = mkdtempSync(join(tmpdir(), 'bd-'))
  const work = join(folder, 'work')
  let blue: TestSlot
  let green: TestSlot
  let proxy: TestProxy
  let facts: Record<string, string>

  beforeAll(async () => {
    blue = await startSlot(address, 'blue')
    green = await startSlot(address, 'green')
  })
  beforeEach(async () => {
    await proxy?.stop()
    rmSync(work, { recursive: true, force: true })
    mkdirSync(work)
    proxy = await subject.start([blue.port, green.port])
    facts = {
      driver,
      slots: `${named(blue)} ${named(green)}`,
      from: named(blue),
      slot: named(green),
      ...subject.facts(proxy),
    }
    await until('blue to be up', async () => (await ask(url())) === 'blue')
  })
  afterAll(async () => {
    await proxy?.stop()
    await blue.stop()
    await green.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const url = () => `http://${address}:${proxy.port}/`
  const named = ({ port }: TestSlot) => (places ? `${address}:${port}` : String(port))
  const all = (to: TestSlot, from: TestSlot) => `${named(from)}=0 ${named(to)}=100`

  /** Runs words of the driver in one shell, as the process of a release does. */
  const run = async (commands: string, shell: string[] = ['sh']) => {
    const file = join(folder, 'run.sh')
    const functions = script.text.replace(/\n\[ -z "\$\{1-\}" \].*\n$/, '\n')
    writeFileSync(file, `${functions}\n${assignments('r_', facts)}work='${work}' belay='${work}' why=''\n${commands}\n`)
    return new Promise<{ status: number; out: string }>((resolve) => {
      const [program = 'sh', ...args] = shell
      execFile(program, [...args, file], { encoding: 'utf8', timeout: 60_000 }, (error, stdout, stderr) =>
        resolve({ status: error ? Number(error.code ?? 1) : 0, out: `${stdout}${stderr}` }),
      )
    })
  }
  const prepare = () => run(`${driver}_read && ${driver}_prepare || { echo "$why"; exit 1; }`)
  const well = async (commands: string) => {
    const { status, out } = await run(`${commands} || { echo "$why"; exit 1; }`)
    expect({ status, out }, out).toMatchObject({ status: 0 })
    return out
  }
  const badly = async (commands: string) => {
    const { status, out } = await run(`${commands} || { echo "$why"; exit 1; }`)
    expect({ status, out }, out).toMatchObject({ status: 1 })
    return out
  }
  const forward = () =>
    well(`${driver}_apply ${all(green, blue)} && ${driver}_confirm ${all(green, blue)} && ${driver}_persist`)

  /** The undo of a release that has moved traffic. */
  const undone = () => `r_from_release='' r_check='http://${address}:{slot}/'; : >'${work}/moved'; move_undo`

  test('reads where traffic goes, in whole weights, also under busybox', async () => {
    for (const shell of [['dash'], ['busybox', 'sh']]) {
      const { out } = await run(`${driver}_read && ${driver}_loaded && echo "$weights"`, shell)
      expect(out.trim()).toBe(`${named(blue)}=100 ${named(green)}=0`)
    }
  })

  test('finds its configuration valid, and nothing missing', async () => {
    expect(await well(`${driver}_validate && ${driver}_missing`)).not.toContain('missing')
  })

  test('moves all traffic without a failed request, and confirms what it sees', async () => {
    await prepare()
    const client = startClient(url())
    await new Promise((resolve) => setTimeout(resolve, 200))
    await forward()
    expect(await ask(url())).toBe('green')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const answers = await client.stop()
    expect([...answers.keys()].sort()).toEqual(['blue', 'green'])
  })

  test('confirms nothing that is not so', async () => {
    await prepare()
    expect(await badly(`${driver}_confirm ${all(green, blue)}`)).toContain('=100')
  })

  test('goes back to exactly what it was, also twice', async () => {
    await prepare()
    const before = await well(`${driver}_read && echo "$snapshot"`)
    await forward()
    for (const _ of [1, 2]) {
      await well(`shares 0; ${driver}_restore && ${driver}_confirm $shares && ${driver}_persist`)
      expect(await well(`${driver}_read && echo "$snapshot"`)).toBe(before)
      expect(await ask(url())).toBe('blue')
    }
  })

  test('a change from outside is not overwritten, either way', async () => {
    await prepare()
    await subject.edit(proxy, [blue.port, green.port])
    const edited = await well(`${driver}_read && echo "$snapshot"`)
    expect(await badly(`${driver}_apply ${all(green, blue)}`)).toContain('changed from outside')
    expect(await badly(`${driver}_restore`)).toContain('changed from outside')
    // Users have left the former slot: that is no traffic that is back.
    expect(await badly('move_undo')).toContain('changed from outside')
    expect(await well(`${driver}_read && echo "$snapshot"`)).toBe(edited)
  })

  test('keeps the switch over a restart', async () => {
    await prepare()
    await forward()
    await subject.restart(proxy)
    await until('green to be up', async () => (await ask(url())) === 'green')
    expect((await well(`${driver}_read && ${driver}_loaded && echo "$weights"`)).trim()).toBe(
      `${named(blue)}=0 ${named(green)}=100`,
    )
  })

  test('puts back at boot what was before, without the proxy', async () => {
    await prepare()
    await forward()
    await well(`${driver}_restore_at_boot`)
    await subject.restart(proxy)
    await until('blue to be up', async () => (await ask(url())) === 'blue')
  })

  test('puts back at boot what was before, where the proxy is running already', async () => {
    await prepare()
    await forward()
    await well(`${driver}_restore_at_boot`)
    await until('blue to be back', async () => (await ask(url())) === 'blue')
    await subject.restart(proxy)
    await until('blue to be up', async () => (await ask(url())) === 'blue')
  })

  test('counts the requests that are still with a slot', async () => {
    await prepare()
    const slow = ask(`${url()}slow`)
    await until('the request to arrive', async () => (await well(`${driver}_inflight ${named(blue)}`)).trim() === '1')
    await forward()
    expect((await well(`${driver}_inflight ${named(blue)}`)).trim()).toBe('1')
    expect((await well(`${driver}_inflight ${named(green)}`)).trim()).toBe('0')
    blue.release()
    // What the test itself asked to keep waiting is answered by the old slot, whole.
    expect(await slow).toBe('blue')
    await until('it to be gone', async () => (await well(`${driver}_inflight ${named(blue)}`)).trim() === '0')
  })

  test('an undo ends once the slot that it leaves has answered what it was asked', async () => {
    await prepare()
    await forward()
    const slow = ask(`${url()}slow`)
    await until('the request to arrive', async () => (await well(`${driver}_inflight ${named(green)}`)).trim() === '1')
    const ended: string[] = []
    const undo = well(undone()).then(() => ended.push('undo'))
    await until('blue to be back', async () => (await ask(url())) === 'blue')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(ended).toEqual([])
    green.release()
    expect(await slow).toBe('green')
    await undo
  })

  test('and what came before the undo, and was not passed on yet', async () => {
    // HAProxy is one process: it passes this on to where the traffic is by then.
    const answers = driver === 'nginx' ? 'green' : 'blue'
    await prepare()
    await forward()
    const client = connect(proxy.port, address)
    await once(client, 'connect')
    client.write('GET / HTTP/1.1\r\nHost: x\r\n')
    await new Promise((resolve) => setTimeout(resolve, 200))
    const ended: string[] = []
    const undo = well(undone()).then(() => ended.push('undo'))
    await until('blue to be back', async () => (await ask(url())) === 'blue')
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(ended).toEqual(driver === 'nginx' ? [] : ['undo'])
    client.write('Connection: close\r\n\r\n')
    expect(await text(client)).toContain(answers)
    await undo
  })

  test('says how a person goes back, and that works', async () => {
    await prepare()
    await forward()
    const command = (await well(`${driver}_by_hand ${named(blue)} ${named(green)}`)).trim()
    expect((await run(command)).status).toBe(0)
    await until('blue to be back', async () => (await ask(url())) === 'blue')
  })

  test('a proxy that is gone is an error that says so', async () => {
    await proxy.stop()
    expect((await badly(`${driver}_read && ${driver}_loaded`)).length).toBeGreaterThan(10)
  })
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000
  while (!(await holds().catch(() => false))) {
    if (Date.now() > end) throw new Error(`waited 10 s in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

export const readText = (path: string) => readFileSync(path, 'utf8')
