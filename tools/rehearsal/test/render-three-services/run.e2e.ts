import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rehearse } from '../../src/rehearse.ts'
import { apiKey } from '../../src/render-three-services/account.ts'
import { type Lab, openLab } from '../../src/render-three-services/lab.ts'
import { graphScenario } from '../../src/render-three-services/scenario.ts'
import { services } from '../../src/render-three-services/services.ts'
import { graphSystem } from '../../src/render-three-services/system.ts'
import { type Run, runsOf } from '../../src/scenario.ts'
import { tagOf, v1, v2 } from '../../src/version.ts'

describe('the example on a local Render', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
  })
  afterAll(() => lab?.close())
  const paths = ['release/belay', 'release/belay/deploy-render', 'release/smoke']

  test('the runner of v2 is lost after v1, and aftercare reports how to roll back', async () => {
    const fault = { kind: 'loseRunner', step: 'release/belay/deploy-render' } as const
    const [first, second] = runsOf(graphScenario(paths), { fault, first: false }) as [Run, Run]
    expect((await rehearse(graphSystem(lab), first)).problems).toEqual([])
    const { problems, runResult } = await rehearse(graphSystem(lab), second)
    expect(problems).toEqual([])
    const log = runResult.jobs.aftercare?.steps.map((step) => step.log).join('\n')
    expect(log).toMatch(
      /acme-frontend on Render: dep-\S+ \(4f0c1d7e92b3\) was live before\. If it is not live now, roll back to it: https:/,
    )
  })
})

describe('the called workflow', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab()
  })
  afterAll(() => lab?.close())
  const asked = {
    workflow: 'production-reusable.yml',
    secrets: { RENDER_API_KEY: apiKey, SLACK_TOKEN: 'xoxb-fake' },
  }
  const byHand = (version: string) => ({ ...asked, event: { name: 'workflow_dispatch' }, inputs: { version } })
  const served = async () => (await Promise.all(services.map((name) => lab.render.serves(name)))).join(' ')
  const rollbacks = () =>
    [...lab.render.simulation.account.services.values()].flatMap(({ deploys }) =>
      deploys.filter(({ trigger }) => trigger === 'rollback'),
    ).length

  test('releases two tags, then the first one again by a rollback without a build', async () => {
    for (const version of [v1, v2]) {
      const { jobs } = await lab.release(version, { ...asked, ref: `refs/tags/${tagOf(version)}` })
      const log = jobs['release/release']?.steps.map((step) => step.log).join('\n')
      expect(jobs.release?.outputs.result, log).toBe('committed')
    }
    expect([await served(), rollbacks()]).toEqual([`${v1.sha} ${v2.sha} ${v2.sha}`, 0])
    const { jobs } = await lab.release(v2, byHand(tagOf(v1)))
    const log = jobs['release/release']?.steps.map((step) => step.log).join('\n')
    expect(jobs.release?.outputs.result, log).toBe('committed')
    expect([await served(), rollbacks()]).toEqual([`${v1.sha} ${v1.sha} ${v1.sha}`, 2])
    // Belay did not release what served before v1. Its deploys are known all the same, but the disk stays.
    const further = await lab.release(v2, byHand('previous'))
    expect(further.jobs['release/release']?.steps.map((step) => step.log).join('\n')).toContain(
      'acme-database has a disk',
    )
    expect(await served()).toBe(`${v1.sha} ${v1.sha} ${v1.sha}`)
  })
})
