import { test } from 'vitest'
import { v1, v2 } from '../../../tools/rehearsal/src/version.ts'
import { describeIf } from '../../support/need.ts'
import { canRunAct } from '../program.ts'
import { type Promised, releaseAlike, releaseMs } from '../release-alike.ts'
import { onRender } from '../systems.ts'

describeIf(await canRunAct())('examples/render-three-services, under act and under our own runner', () => {
  const release = releaseAlike(onRender)
  const committed: Promised = { conclusion: 'success', results: { release: 'committed' } }

  test('v1', () => release(v1, committed), releaseMs)

  test(
    'v2, killed in the middle of the deploy',
    async () => {
      const fault = { kind: 'kill', step: 'release/belay/deploy-render' } as const
      await release(v2, { fault, conclusion: 'failure', results: { release: 'rolled-back' } })
    },
    releaseMs,
  )

  test('v2', () => release(v2, committed), releaseMs)

  test('previous', () => release('previous', committed), releaseMs)
})
