import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { assignments } from '@belay/remote'
import { canStartProxy, startHaproxy, type TestHaproxy } from '@belay/testbed'
import { expect, test } from 'vitest'
import { need } from '../../../../test/support/need.ts'
import { script } from '../../src/script.ts'
import { temporary } from '../support/stage.ts'
import { driverContract } from './contract.ts'

need(canStartProxy('haproxy'))('the driver of HAProxy', () => {
  driverContract({
    driver: 'haproxy',
    start: (slots) => startHaproxy(undefined, { slots }),
    facts: (proxy) => {
      const { socket, backend, stateFile } = proxy as TestHaproxy
      return { socket, backend, state_file: stateFile, proxy_kind: 'socket' }
    },
    async edit(proxy) {
      const input = 'set server app/green weight 7\n'
      execFileSync('socat', ['-', `UNIX-CONNECT:${(proxy as TestHaproxy).socket}`], { input })
    },
    restart: (proxy) => proxy.restart(),
  })
})

need(canStartProxy('haproxy'))('the state file of HAProxy', () => {
  test('that cannot be written is no matter where it says already what is to be', async (context) => {
    const proxy = await startHaproxy(undefined, { slots: [5001, 5002] })
    const folder = temporary(context)
    context.onTestFinished(() => proxy.stop())
    const facts = {
      driver: 'haproxy',
      backend: proxy.backend,
      socket: proxy.socket,
      state_file: proxy.stateFile,
      slots: '5001 5002',
    }
    const run = (words: string) => {
      const file = join(folder, 'run.sh')
      const text = script.text.replace(/\n\[ -z "\$\{1-\}" \].*\n$/, '\n')
      writeFileSync(
        file,
        `${text}\n${assignments('r_', facts)}work='${folder}' why=''\n${words} && echo well || echo "$why"\n`,
      )
      return execFileSync('sh', [file], { encoding: 'utf8', timeout: 30_000 }).trim()
    }
    expect(run('haproxy_persist')).toBe('well')
    // Where the new one would be written there is a folder.
    mkdirSync(`${proxy.stateFile}.belay-${proxy.backend}`)
    expect(run('haproxy_persist')).toBe('well')
    const changed = 'haproxy_order "set server app/blue weight 7" && haproxy_persist'
    expect(run(changed)).toContain('could not be saved')
  })
})
