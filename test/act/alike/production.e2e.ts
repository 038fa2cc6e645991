import { canStartHosts, canStartPostgres } from '@belay/test-hosts'
import { test } from 'vitest'
import { v1, v2 } from '../../../tools/rehearsal/src/version.ts'
import { describeIf } from '../../support/need.ts'
import { canRunAct } from '../program.ts'
import { type Promised, releaseAlike, releaseMs } from '../release-alike.ts'
import { vpsProduction } from '../systems.ts'

const reason = canStartHosts() ?? canStartPostgres() ?? (await canRunAct())

describeIf(reason)('examples/vps-systemd in production, under act and under our own runner', () => {
  const release = releaseAlike(vpsProduction)
  const both = (api: string, worker: string) => ({ 'release (acme-api)': api, 'release (acme-worker)': worker })
  const committed: Promised = { conclusion: 'success', results: both('committed', 'committed') }

  test('v1.0.0, the first release', () => release(v1, committed), releaseMs)

  test(
    'v1.1.0, killed in the middle of the switch of the last service',
    async () => {
      const fault = { kind: 'kill', step: 'release (acme-worker)/belay/blue-green-switch' } as const
      await release(v2, { fault, conclusion: 'failure', results: both('committed', 'rolled-back') })
    },
    releaseMs,
  )

  test('v1.1.0', () => release(v2, { ...committed, results: both('noop', 'committed') }), releaseMs)

  test('previous', () => release('previous', committed), releaseMs)
})
