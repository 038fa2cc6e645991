import {
  canHaveNetworks,
  canMakeSubstituteImages,
  canStartBuilder,
  canStartHostEngine,
  canStartHosts,
  canStartRegistry,
} from '@belay/test-hosts'
import { test } from 'vitest'
import { v1, v2 } from '../../../tools/rehearsal/src/version.ts'
import { describeIf } from '../../support/need.ts'
import { canRunAct } from '../program.ts'
import { type Promised, releaseAlike, releaseMs } from '../release-alike.ts'
import { shopIn } from '../systems.ts'

const hosts = canStartHosts() ?? canHaveNetworks() ?? canStartHostEngine()
const images = canStartBuilder({ docker: 'trixie' }) ?? canStartRegistry() ?? canMakeSubstituteImages()
const reason = hosts ?? images ?? (await canRunAct())
const committed: Promised = { conclusion: 'success', results: { release: 'committed' } }

describeIf(reason)('examples/compose in QA, under act and under our own runner', () => {
  const release = releaseAlike(shopIn('qa'))

  test('v1, the first release', () => release(v1, committed), releaseMs)

  test(
    'v2, killed in the middle of the switch',
    async () => {
      const fault = { kind: 'kill', step: 'release/shop/blue-green-switch' } as const
      await release(v2, { fault, conclusion: 'failure', results: { release: 'rolled-back' } })
    },
    releaseMs,
  )

  test('v2', () => release(v2, committed), releaseMs)
})

describeIf(reason)('examples/compose in production, under act and under our own runner', () => {
  const release = releaseAlike(shopIn('production'))

  test('v1.0.0, the first release', () => release(v1, committed), releaseMs)

  test(
    'v1.1.0, whose tags fail to move',
    async () => {
      const fault = { kind: 'break', step: 'release/promote' } as const
      await release(v2, { fault, conclusion: 'failure', results: { release: 'rolled-back' }, known: ['nested-status'] })
    },
    releaseMs,
  )

  test('v1.1.0', () => release(v2, committed), releaseMs)

  test('previous', () => release('previous', committed), releaseMs)
})
