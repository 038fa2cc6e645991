import { describe, expect, test } from 'vitest'
import { run } from './support/program.ts'

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
