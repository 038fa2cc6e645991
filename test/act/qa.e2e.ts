import { canStartHosts } from '@belay/test-hosts'
import { test } from 'vitest'
import type { Fault } from '../../tools/rehearsal/src/fault.ts'
import { v1, v2 } from '../../tools/rehearsal/src/version.ts'
import { describeIf } from '../support/need.ts'
import type { KnownName } from './known.ts'
import { canRunAct } from './program.ts'
import { type Promised, releaseAlike, releaseMs } from './release-alike.ts'
import { vpsQa } from './systems.ts'

/** With BELAY_SAMPLE only so many faults, chosen by BELAY_SEED, and nothing that no fault needs. */
const sample = process.env.BELAY_SAMPLE

/** Each is inside a composite, and leads back to v1. In the order of the steps. */
const faults: readonly [Fault['kind'], string, ...KnownName[]][] = [
  ['break', 'release/api/deploy-ssh'],
  ['cancel', 'release/api/health-gate', 'no-cancelled'],
  ['kill', 'release/worker/deploy-ssh', 'nested-status'],
  ['break', 'release/worker/health-gate', 'nested-status'],
  ['break', 'release/worker/end', 'nested-status'],
]

describeIf(canStartHosts() ?? (await canRunAct()))(
  'examples/vps-systemd in QA, under act and under our own runner',
  () => {
    const release = releaseAlike(vpsQa)
    const committed: Promised = { conclusion: 'success', results: { release: 'committed' } }

    test('v1, the first release', () => release(v1, committed), releaseMs)

    test.each(sampled(faults))(
      'v2, %s at %s',
      (kind, step, ...known) => {
        const conclusion = kind === 'cancel' ? 'cancelled' : 'failure'
        return release(v2, { fault: { kind, step }, conclusion, results: { release: 'rolled-back' }, known })
      },
      releaseMs,
    )

    if (sample === undefined)
      test(
        'v2, the runner is lost in the deploy of the last service: the hosts restore themselves',
        () => {
          const fault = { kind: 'loseRunner', step: 'release/worker/deploy-ssh' } as const
          return release(v2, { fault, conclusion: 'lost', results: { release: 'unknown' } })
        },
        releaseMs,
      )

    test('v2', () => release(v2, committed), releaseMs)

    if (sample !== undefined) return

    test('back to v1', () => release(v1, committed), releaseMs)

    // The last one: under act v2 serves afterwards.
    test(
      'v2, the smoke test of the job fails',
      async () => {
        const vars = { SMOKE_URLS: 'http://127.0.0.1:9/' }
        const results = { release: 'rolled-back' }
        await release(v2, { vars, conclusion: 'failure', results, known: ['nested-decision'] })
      },
      releaseMs,
    )
  },
)

function sampled<T>(all: readonly T[]): readonly T[] {
  const first = Number(process.env.BELAY_SEED ?? 0) % all.length
  return [...all.slice(first), ...all.slice(0, first)].slice(0, Number(sample ?? all.length))
}
