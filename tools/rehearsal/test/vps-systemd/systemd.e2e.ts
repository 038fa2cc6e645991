import { canHaveNetworks, canStartPostgres, canStartSystemdHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { run, times } from '../support/program.ts'

const fault = ['--kill', 'release (acme-api)/belay/blue-green-switch']
const promised = 'killed in the switch | undo: the job failed → rolled-back, red, users get old'
const served =
  /acme-api: v1\.0\.0 (?:serves again|served throughout); acme-worker: v1\.1\.0 serves: [\d,]+ requests, 0 failed\./

describeIf(canStartSystemdHosts() ?? canHaveNetworks() ?? canStartPostgres())(
  "production with the example's own units, sites and sudo lines: a kill in the switch is undone",
  () => {
    test('npm run rehearse -- --hosts systemd', async () => {
      const { status, output, left } = await run('cli.ts', ['--hosts', 'systemd', ...fault])
      expect(output).toContain('systemd:acme-api-production@{slot}, on vps1.example.com, vps2.example.com')
      expect(output).toContain(promised)
      // The worker's job meets no fault, and goes on.
      for (const name of ['vps1.example.com', 'vps2.example.com']) {
        expect(output).toMatch(new RegExp(`${name} acme-api +5001 \\(stopped\\), traffic → 5011 \\(4f0c1d7, active\\)`))
        expect(output).toMatch(
          new RegExp(`${name} acme-worker +traffic → 5002 \\(b83e5a2, active\\), 5012 \\(4f0c1d7, idle\\)`),
        )
      }
      expect(output).toContain('schema: 001_orders, 002_packed, 003_to_pack')
      expect(output).toMatch(served)
      expect(times(output, '✓ as promised')).toBe(2)
      expect([status, left]).toEqual([0, []])
    })

    test('npm run rehearse -- --hosts one-proxy', async () => {
      const { status, output, left } = await run('cli.ts', ['--hosts', 'one-proxy', ...fault])
      expect(output).toContain('on app1.example.com, app2.example.com, behind proxy.example.com')
      expect(output).toContain(promised)
      for (const name of ['app1.example.com', 'app2.example.com']) {
        expect(output).toMatch(new RegExp(`${name} acme-api +5001 \\(stopped\\), traffic → 5011 \\(4f0c1d7, active\\)`))
        expect(output).toMatch(
          new RegExp(`${name} acme-worker +traffic → 5002 \\(b83e5a2, active\\), 5012 \\(4f0c1d7, idle\\)`),
        )
      }
      expect(output).toContain('http://api.example.com/health reports v1.0.0')
      expect(output).toMatch(served)
      expect(times(output, '✓ as promised')).toBe(2)
      expect([status, left]).toEqual([0, []])
    })
  },
)
