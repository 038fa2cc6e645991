import { canStartCluster } from '@belay/test-cluster'
import { expect, test } from 'vitest'
import { describeIf } from '../../../../test/support/need.ts'
import { run, times } from '../support/program.ts'

describeIf(canStartCluster())('npm run rehearse -- --example kubernetes', () => {
  test('the runner is lost: the rollout goes on, the next release restores first, and nothing is left', async () => {
    const args = ['--example', 'kubernetes', '--environment', 'production']
    const { status, output, left } = await run('cli.ts', [...args, '--lose-runner', 'release/shop/deploy-kubernetes'])
    expect(output).toContain('ended well | none → unknown, lost, users get new')
    expect(output).toContain('to production: over v1.0.0, after the lost runner')
    expect(times(output, 'ended well | commit → committed, green, users get new')).toBe(2)
    expect(times(output, '✓ as promised')).toBe(3)
    expect(output).toMatch(
      /v1\.1\.0 lost its runner in the middle of the rollout; v1\.1\.0 serves: [\d,]+ requests, 0 failed/,
    )
    expect([status, left]).toEqual([0, []])
  })

  test('faults: a line each, and the count', async () => {
    const args = ['--example', 'kubernetes', '--step', 'deploy-kubernetes', '--sample', '2', '--seed', '7']
    const { status, output, left } = await run('all-faults.ts', args)
    expect(output).toMatch(/^2 of 8 faults, seed 7\n(✓ .*\n){2}2 passed, 0 failed; \d+ s\n$/)
    expect([status, left]).toEqual([0, []])
  })
})
