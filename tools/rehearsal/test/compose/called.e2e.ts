import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { type Lab, openLab } from '../../src/compose/lab.ts'
import { shop, slots } from '../../src/compose/shop.ts'
import { inspectServer } from '../../src/compose/system.ts'
import { whyNoDockerServers } from '../../src/docker-server.ts'
import { tagOf, v1 } from '../../src/version.ts'

describeIf(whyNoDockerServers())('the called workflow, with an image', () => {
  let lab: Lab
  beforeAll(async () => {
    lab = await openLab(['production'])
  }, 300_000)
  afterAll(() => lab?.close(), 60_000)

  test('releases the image of the commit that QA verified, then a job of the caller moves the tags', async () => {
    lab.markProven(v1, await lab.build(v1))
    const { jobs, conclusion } = await lab.release('production', v1, {
      workflow: 'production-reusable.yml',
      ref: `refs/tags/${tagOf(v1)}`,
      // The values of the step in production.yml.
      vars: {
        BELAY_RESTART: `compose:${shop.folder}`,
        BELAY_SLOTS: slots.join(' '),
        BELAY_CHECK: 'http://127.0.0.1:{slot}/health/ready',
        BELAY_PROXY: `compose:${shop.folder}`,
        BELAY_UPSTREAM: `${shop.folder}/nginx/upstream`,
      },
    })
    const log = Object.values(jobs)
      .flatMap(({ steps }) => steps.map((step) => step.log))
      .join('\n')
    expect([conclusion, jobs.release?.outputs.result], log).toEqual(['success', 'committed'])
    const digestOf = (tag: string) => lab.registry.digest(lab.image, tag)
    const digest = await digestOf(`sha-${v1.sha}`)
    expect(digest).toMatch(/^sha256:/)
    const { answers, slots: seen } = await inspectServer(lab, 'production')
    const active = seen?.each.find(({ port }) => seen.routed.includes(port))
    expect([answers[0]?.sha, active?.content]).toEqual([v1.sha, v1.sha])
    expect([await digestOf('latest'), await digestOf('1.0.0')]).toEqual([digest, digest])
  }, 600_000)
})
