import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { canStartProxy, startHaproxy } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import { assignments } from '../../../../packages/host/src/quote.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { script } from '../../src/script.ts'
import { temporary } from '../support/fixture.ts'
import { driverContract } from './contract.ts'
import { haproxy } from './subjects.ts'

describeIf(canStartProxy('haproxy'))('the driver of HAProxy', () => {
  driverContract(haproxy)
})

/** A backend of two slots, and words of the driver run against it. */
async function started(context: TestContext) {
  const proxy = await startHaproxy(undefined, { slots: [5001, 5002] })
  const folder = temporary(context)
  context.onTestFinished(() => proxy.stop())
  const facts = {
    driver: 'haproxy',
    backend: proxy.backend,
    socket: proxy.socket,
    state_file: proxy.stateFile,
    slots: '5001 5002',
    from: '5001',
    slot: '5002',
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
  return { proxy, folder, run }
}

describeIf(canStartProxy('haproxy'))('a backend of HAProxy', () => {
  test('whose server had another weight than 100 gives that weight to the other slot, and back', async (context) => {
    const { run } = await started(context)
    // Nothing listens there: the checks are off, so that both count as up.
    run(
      'haproxy_order "disable health app/blue; disable health app/green; set server app/blue health up; set server app/green health up"',
    )
    expect(run('haproxy_order "set server app/blue weight 40" && haproxy_read && haproxy_prepare')).toBe('well')
    const weights = 'haproxy_read && printf "%s" "$weights"'
    expect(run(`haproxy_apply 5001=90 5002=10 && haproxy_confirm 5001=90 5002=10 && ${weights}`)).toContain(
      '5001=90 5002=10',
    )
    expect(run(`haproxy_apply 5001=0 5002=100 && haproxy_confirm 5001=0 5002=100 && ${weights}`)).toContain(
      '5001=0 5002=40',
    )
    const back = 'shares 0; haproxy_restore && haproxy_confirm $shares'
    expect(run(`${back} && ${weights}`)).toContain('5001=40 5002=0')
  })
})

describeIf(canStartProxy('haproxy'))('another server of the backend', () => {
  const added = (words: string) =>
    `haproxy_ask "add server app/${words}; enable server app/${words.split(' ')[0]}" >/dev/null`

  /** A backend that is healthy and has the two slots alone. */
  async function healthy(context: TestContext) {
    const { run } = await started(context)
    run(
      'haproxy_order "disable health app/blue; disable health app/green; set server app/blue health up; set server app/green health up"',
    )
    expect(run('haproxy_exclusive')).toBe('well')
    return run
  }

  test('keeps no switch away if it is a backup', async (context) => {
    const run = await healthy(context)
    run(added('sorry 127.0.0.1:7001 backup'))
    expect(run('haproxy_ask "show servers state app" | grep -q sorry && haproxy_exclusive')).toBe('well')
  })

  test('keeps a switch away, and not the way back of one that had begun', async (context) => {
    const run = await healthy(context)
    expect(run('haproxy_read && haproxy_prepare && haproxy_apply 5001=0 5002=100')).toBe('well')
    run(added('other 127.0.0.1:7002 weight 5'))
    expect(run('haproxy_exclusive')).toMatch(
      /also sends traffic to server other \(port 7002\), which is none of the slots/,
    )
    expect(run('shares 0; haproxy_restore && haproxy_confirm $shares && haproxy_persist')).toBe('well')
    expect(run('haproxy_restore_at_boot')).toBe('well')
  })
})

describeIf(canStartProxy('haproxy'))('the state file of HAProxy', () => {
  test('that cannot be written is no matter where it says already what is to be', async (context) => {
    const { proxy, run } = await started(context)
    expect(run('haproxy_persist')).toBe('well')
    // Where the new one would be written there is a folder.
    mkdirSync(`${proxy.stateFile}.belay-${proxy.backend}`)
    expect(run('haproxy_persist')).toBe('well')
    const changed = 'haproxy_order "set server app/blue weight 7" && haproxy_persist'
    expect(run(changed)).toContain('could not be saved')
  })
})
