import { canHaveNetworks, canStartPostgres, canStartSystemdHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { sampled } from '../../../../test/support/sampled.ts'
import { run, times } from '../support/program.ts'

interface Topology {
  readonly kind: string
  readonly servers: readonly string[]
  /** What the screen says before the first release. */
  readonly opening: string
}

const topologies: readonly Topology[] = [
  {
    kind: 'systemd',
    servers: ['vps1.example.com', 'vps2.example.com'],
    opening: 'systemd:acme-api-production@{slot}, on vps1.example.com, vps2.example.com',
  },
  {
    kind: 'one-proxy',
    servers: ['app1.example.com', 'app2.example.com'],
    opening: 'on app1.example.com, app2.example.com, behind proxy.example.com',
  },
]

describeIf(canStartSystemdHosts() ?? canHaveNetworks() ?? canStartPostgres())(
  "production with the example's own units, sites and sudo lines",
  () => {
    test.each(sampled(topologies, ({ kind }) => kind))(
      'npm run rehearse -- --hosts $kind: a kill in the switch is undone',
      async ({ kind, servers, opening }) => {
        const fault = ['--kill', 'release (acme-api)/belay/blue-green-switch']
        const { status, output, left } = await run('cli.ts', ['--hosts', kind, ...fault])
        expect(output).toContain(opening)
        expect(output).toContain('killed in the switch | undo: the job failed → rolled-back, red, users get old')
        // The worker's job meets no fault, and goes on.
        for (const name of servers) {
          expect(output).toMatch(
            new RegExp(`${name} acme-api +5001 \\(stopped\\), traffic → 5011 \\(4f0c1d7, active\\)`),
          )
          expect(output).toMatch(
            new RegExp(`${name} acme-worker +traffic → 5002 \\(b83e5a2, active\\), 5012 \\(4f0c1d7, idle\\)`),
          )
        }
        expect(output).toContain('schema: 001_orders, 002_packed, 003_to_pack')
        expect(output).toMatch(
          /acme-api: v1\.0\.0 (?:serves again|served throughout); acme-worker: v1\.1\.0 serves: [\d,]+ requests, 0 failed\./,
        )
        expect(times(output, '✓ as promised')).toBe(2)
        expect([status, left]).toEqual([0, []])
      },
    )
  },
)
