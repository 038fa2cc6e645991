import { canStartHosts } from '@belay/testbed'
import { describe, expect, test, vi } from 'vitest'
import { need } from '../../../test/support/need.ts'
import { run, times } from './support/program.ts'

describe('asked for what it does not know', () => {
  test('a step that is not there: exit 2, and every step that is', async () => {
    const { status, output } = await run('cli.ts', ['--kill', 'release/worker/deploy'])
    expect(status).toBe(2)
    expect(output).toMatch(/There is no step release\/worker\/deploy\. The steps are:\n( {2}\S.*\n){40}/)
    expect(output).toContain('  release/worker/deploy-ssh\n')
    expect(output).toContain('  release/smoke\n')
    expect(output).toContain('  release (acme-worker)/belay/blue-green-switch\n')
  })

  test.each([
    [['--kill', 'a', '--break', 'b'], 'Give one fault'],
    [['--first'], '--first says whom the fault strikes'],
    [['--hosts', 'cloud'], '--hosts is namespaces or systemd, not cloud'],
    [['--environment', 'staging'], '--environment is qa or production, not staging'],
    [['--environment', 'production', '--hosts', 'systemd'], 'production is not rehearsed on --hosts systemd'],
    [['--hosts', 'systemd', '--kill', 'aftercare (acme-api)/aftercare'], 'There is no step aftercare (acme-api)'],
    [['--example', 'cloud'], '--example is vps-systemd, compose or render-three-services, not cloud'],
    [['--environment', 'production', '--kill', 'release/smoke'], 'There is no step release/smoke'],
    [['--trouble', 'rain'], '--example vps-systemd knows no --trouble'],
    [['--example', 'render-three-services', '--trouble', 'rain'], '--trouble is build-fails, start-fails'],
    [['--example', 'render-three-services', '--hosts', 'systemd'], 'has no hosts to choose'],
    [['--example', 'render-three-services', '--trouble', 'resets', '--kill', 'release/smoke'], 'Give one fault'],
    [['--example', 'compose', '--trouble', 'rain'], '--trouble is build-fails, push-refused, pull-refused'],
    [['--example', 'compose', '--kill', 'release/belay'], 'release/shop/blue-green-switch'],
    [['--explode', 'a'], "Unknown option '--explode'"],
  ])('%j: exit 2', async (args, said) => {
    const { status, output } = await run('cli.ts', args)
    expect(output).toContain(said)
    expect(status).toBe(2)
  })
})

// Each plays whole releases, beside the others and whatever else the machine has to do.
vi.setConfig({ testTimeout: 300_000 })

need(canStartHosts())('npm run rehearse', () => {
  test.concurrent('v1, then v2: both committed, v2 serves everywhere, Slack tells it, nothing is left', async () => {
    const { status, output, left } = await run('cli.ts', ['--environment', 'qa'])
    expect(output).toContain('ended well | commit | all → committed, green, hosts serve new')
    expect(times(output, '✓ as promised')).toBe(2)
    expect(output).toMatch(/host-1 acme-api +answers 4f0c1d7, current → releases\/\S+-4f0c1d7e92b3-1, lock free/)
    for (const place of ['host-1 acme-api', 'host-1 acme-worker', 'host-2 acme-api', 'host-2 acme-worker'])
      expect(output).toMatch(new RegExp(`${place} +answers b83e5a2, current → releases/\\S+-b83e5a20c7d9-1, lock free`))
    expect(output).toMatch(
      /Slack, #releases, \d+ versions of one message; the last one:\n {2}│ ✅ qa · acme-api, acme-worker/,
    )
    expect(output).toContain('stands in for actions/checkout')
    expect([status, left]).toEqual([0, []])
  })

  test.concurrent('Ctrl-C in the middle of a release: it ends at once, and nothing is left', async () => {
    const { status, output, left, msAfterSignal } = await run('cli.ts', ['--verbose'], {
      signalAt: 'deploy-ssh       ✓',
    })
    expect(output).toContain('SIGINT: everything that was started is taken down.')
    expect([status, left]).toEqual([130, []])
    expect(msAfterSignal).toBeLessThan(10_000)
  })
})
