import { describe, expect, test } from 'vitest'
import { run } from './support/program.ts'

describe('unknown arguments of npm run rehearse', () => {
  test('an unknown step: exit status 2, and all known steps are listed', async () => {
    const { status, output } = await run('cli.ts', ['--kill', 'release/worker/deploy'])
    expect(status).toBe(2)
    expect(output).toMatch(/The workflow has no step release\/worker\/deploy\. Its steps are:\n( {2}\S.*\n){40}/)
    expect(output).toContain('  release/worker/deploy-ssh\n')
    expect(output).toContain('  release/smoke\n')
    expect(output).toContain('  release (acme-worker)/belay/blue-green-switch\n')
  })

  test.each([
    [['--kill', 'a', '--break', 'b'], 'Give only one fault'],
    [['--first'], '--first needs a fault to inject'],
    [['--hosts', 'cloud'], '--hosts must be namespaces, systemd or one-proxy, not cloud'],
    [['--environment', 'staging'], '--environment must be qa or production, not staging'],
    [['--example', 'cloud'], '--example must be vps-systemd, compose, render-three-services or kubernetes, not cloud'],
    [['--environment', 'production', '--kill', 'release/smoke'], 'The workflow has no step release/smoke'],
    [['--external-failure', 'rain'], '--example vps-systemd has no external failures'],
    [
      ['--example', 'render-three-services', '--external-failure', 'rain'],
      '--external-failure must be build-fails, start-fails',
    ],
    [['--example', 'render-three-services', '--hosts', 'systemd'], 'has no choice of hosts'],
    [
      ['--example', 'render-three-services', '--external-failure', 'resets', '--kill', 'release/smoke'],
      'Give only one fault',
    ],
    [
      ['--example', 'compose', '--external-failure', 'rain'],
      '--external-failure must be build-fails, push-refused, pull-refused',
    ],
    [['--example', 'compose', '--kill', 'release/belay'], 'release/shop/blue-green-switch'],
    [['--example', 'kubernetes', '--kill', 'release/belay'], 'release/shop/deploy-kubernetes'],
    [['--report', '/tmp'], '--report must be a file, not /tmp'],
    [['--report', '/nowhere/report.html'], '--report /nowhere/report.html: there is no folder /nowhere'],
    [['--explode', 'a'], "Unknown option '--explode'"],
  ])('%j: exit status 2', async (args, said) => {
    const { status, output } = await run('cli.ts', args)
    expect(output).toContain(said)
    expect(status).toBe(2)
  })
})
