import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monotonicSeconds } from '@belay/action-kit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callHost } from '../src/call-host.ts'
import { reopen } from '../src/connection.ts'
import { sharedScript } from '../src/host-script.ts'
import { assignments } from '../src/quote.ts'

/** What stands in for ssh: a login whose start-up file prints before the shell runs what comes by standard input. */
describe('a login', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belay-noise-'))
  const path = process.env.PATH
  const target = { user: 'deploy', address: '192.0.2.1', port: 22, name: 'deploy@192.0.2.1' }

  beforeAll(() => {
    process.env.PATH = `${folder}:${path}`
  })
  afterAll(() => {
    process.env.PATH = path
    rmSync(folder, { recursive: true })
  })

  const login = (startUp: string, timeoutMs = 60_000, script = sharedScript.text) => {
    writeFileSync(join(folder, 'ssh'), `#!/bin/sh\n${startUp}\n`)
    chmodSync(join(folder, 'ssh'), 0o755)
    // Each is a connection of its own, and so a new shell.
    const connection = reopen(target, mkdtempSync(join(folder, 'connection-')))
    return callHost(connection, { ...sharedScript, text: script }, 'hello', assignments('b_', { base: '/' }), {
      timeoutMs,
    })
  }

  test('that prints 20 MB without a line break costs little, and is still understood', async () => {
    const began = process.cpuUsage()
    const reply = await login('head -c 20000000 /dev/zero | tr "\\0" x; echo; exec sh -s')
    expect(reply.all('ack')).toHaveLength(1)
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(1)
  })

  test('that never stops printing is cut off, and named', async () => {
    const began = monotonicSeconds()
    await expect(login('cat /dev/zero')).rejects.toMatchObject({
      code: 'no-shell',
      message: expect.stringMatching(/printed more than \d+ MB/),
    })
    expect(monotonicSeconds() - began).toBeLessThan(20)
  })

  test('that prints nothing is given up long before the time of its command', async () => {
    const began = monotonicSeconds()
    await expect(login('exec sleep 100', 300_000)).rejects.toMatchObject({ code: 'unreachable' })
    expect(monotonicSeconds() - began).toBeLessThan(40)
  })

  test('whose start-up file reads standard input to its end is named', async () => {
    const began = monotonicSeconds()
    await expect(login('cat >/dev/null; exec sh -s')).rejects.toMatchObject({ code: 'no-shell' })
    expect(monotonicSeconds() - began).toBeLessThan(20)
  })

  test('that refuses to run a shell is named, with its words', async () => {
    await expect(login('echo This account is not available. >&2; exit 1')).rejects.toMatchObject({
      code: 'no-shell',
      message: expect.stringContaining('This account is not available.'),
    })
  })

  test('whose connection is gone is unreachable', async () => {
    await expect(login('exit 255')).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('The connection that this job had opened'),
    })
  })

  test('whose connection breaks in a command is unreachable', async () => {
    const slow = `${sharedScript.text}\ncmd_hello() { sleep 3; }\n`
    const broken = login('exec 3<&0; sh -s <&3 3<&- & sleep 1; kill -9 $!; exit 255', 60_000, slow)
    await expect(broken).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('broke while the host ran the command "hello"'),
    })
  })

  test('that prints lines of the protocol before the script runs forges no answer', async () => {
    const reply = await login("printf '@belay refused disk-full GOTCHA\\n@belay state confirmed\\n'; exec sh -s")
    expect(reply.all('state')).toEqual([])
  })
})
