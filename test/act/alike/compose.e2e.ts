import {
  canHaveNetworks,
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
import { composeQa } from '../systems.ts'

const engines = canStartHostEngine() ?? canStartBuilder({ docker: 'trixie' }) ?? canStartRegistry()
const reason = canStartHosts() ?? canHaveNetworks() ?? engines ?? (await canRunAct())

describeIf(reason)('examples/compose in QA, under act and under our own runner', () => {
  const release = releaseAlike(composeQa)
  const results = (release: string) => ({ build: 'unchanged', release })
  const committed: Promised = { conclusion: 'success', results: results('committed') }
  const step = 'release/shop/blue-green-switch'

  test('v1, the first release: its image is built, pushed and pulled', () => release(v1, committed), releaseMs)

  test(
    'v2, killed in the middle of the switch',
    () => release(v2, { fault: { kind: 'kill', step }, conclusion: 'failure', results: results('rolled-back') }),
    releaseMs,
  )

  test('v2', () => release(v2, committed), releaseMs)
})
