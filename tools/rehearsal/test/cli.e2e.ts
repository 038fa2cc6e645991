import { readFileSync } from 'node:fs'
import { canStartHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { describeIf } from '../../../test/support/need.ts'
import { run, temporaryFile, times } from './support/program.ts'

describeIf(canStartHosts())('npm run rehearse', () => {
  test('v1, then v2: both committed, v2 serves everywhere, Slack reports it, nothing is left', async () => {
    const { status, output, left } = await run('cli.ts', ['--environment', 'qa'])
    expect(output).toContain('ended well | commit | all → committed, green, hosts serve new')
    expect(times(output, '✓ as promised')).toBe(2)
    expect(output).toMatch(
      /host-1 acme-api +answers 4f0c1d7, current → releases\/\S+-4f0c1d7e92b3-\d+-\d+-[0-9a-f]{8}, lock free/,
    )
    for (const place of ['host-1 acme-api', 'host-1 acme-worker', 'host-2 acme-api', 'host-2 acme-worker'])
      expect(output).toMatch(
        new RegExp(`${place} +answers b83e5a2, current → releases/\\S+-b83e5a20c7d9-\\d+-\\d+-[0-9a-f]{8}, lock free`),
      )
    expect(output).toMatch(
      /Slack, #releases, \d+ versions of one message; the last one:\n {2}│ ✅ qa · acme-api, acme-worker/,
    )
    expect(output).toContain('replaces actions/checkout')
    expect(output).not.toContain('skipped')
    expect(output).toMatch(
      /\n✓ qa: v1\.0\.0 was released as the first release\.\n✓ qa: v1\.1\.0 was released over v1\.0\.0: [\d,]+ requests, .*\.\nEverything ended as promised; it took [\d.]+ s\.\n$/,
    )
    expect([status, left]).toEqual([0, []])
  })

  test('Ctrl-C in the middle of a release: it ends at once, and nothing is left', async () => {
    const { status, output, left, msAfterSignal } = await run('cli.ts', ['--verbose'], {
      signalAt: 'deploy-ssh       ✓',
    })
    expect(output).toContain('SIGINT: the rehearsal stops everything that it started.')
    expect([status, left]).toEqual([130, []])
    expect(msAfterSignal).toBeLessThan(10_000)
  })

  test('the smoke test breaks: both services serve v1 again on both hosts', async () => {
    const file = temporaryFile('report.html')
    const { status, output, left } = await run('cli.ts', ['--break', 'release/smoke', '--report', file])
    expect(times(output, 'ended well | undo: a later step failed → rolled-back, red, hosts serve old')).toBe(2)
    expect(output).toContain('⚡ release/smoke: reported as failed after it succeeded')
    expect(output).toContain('Seen from outside: the run ended as failure, its result is rolled-back')
    expect(times(output, 'answers 4f0c1d7')).toBe(8)
    expect(output).not.toContain('answers b83e5a2')
    expect([status, left]).toEqual([0, []])
    expect(output).toMatch(/Report: \/.*report\.html\n$/)
    const page = readFileSync(file, 'utf8')
    const [, sentence = 'none'] = /\n✓ (\w+: v1\.1\.0 failed on purpose .*)\n/.exec(output) ?? []
    expect(page).toContain(`<strong class="ok">✓ as promised</strong> ${sentence}`)
    expect(page).toContain('✓ Everything ended as promised.')
    for (const name of ['acme-api on host-1', 'acme-worker on host-2'])
      expect(page).toMatch(new RegExp(`aria-label="${name}: v1\\.0\\.0 from .*v1\\.1\\.0 from .*v1\\.0\\.0 from `))
    expect(page).toMatch(/phases: connect .* s; .*restart [\d.]+ s on host-\d/)
    expect(page).toMatch(/decision: undo, because /)
    expect(page).toMatch(/<summary><span class="time">[\d.]+ s<\/span> ⏳ qa · acme-api/)
    expect(page).toMatch(/<summary><span class="time">[\d.]+ s<\/span> ↩️ qa · acme-api, acme-worker/)
    expect(page).not.toMatch(/xoxb-fake|PRIVATE KEY|ghs_rehearsal_/)
  })

  test('a first release is killed: nothing answers afterwards, and there is no current', async () => {
    const { status, output, left } = await run('cli.ts', ['--kill', 'release/worker/deploy-ssh', '--first'])
    expect(output).toContain('acme-api     ended well | undo: a later step failed → rolled-back, red, hosts serve old')
    expect(output).toContain(
      'acme-worker  killed in the change | undo: the job failed → rolled-back, red, hosts serve old',
    )
    expect(times(output, 'nothing answers, no current, lock free')).toBe(4)
    expect([status, left]).toEqual([0, []])
  })

  test('all faults: a line each, and the count', async () => {
    const { status, output, left } = await run('all-faults.ts', ['--sample', '2', '--seed', '7'])
    expect(output).toMatch(/^2 of 96 faults, seed 7\n(✓ .*\n){2}2 passed, 0 failed; \d+ s\n$/)
    expect([status, left]).toEqual([0, []])
  })
})

test('three services on Render: the smoke test fails, and the previous release is restored', async () => {
  const args = ['--example', 'render-three-services', '--external-failure', 'smoke-fails']
  const { status, output, left } = await run('cli.ts', args)
  expect(output).toContain('ended well | commit → committed, green, Render serves new')
  expect(output).toContain('ended well | undo: a later step failed → rolled-back, red, Render serves old')
  expect(times(output, '✓ as promised')).toBe(2)
  expect(output).toContain('  │ ↩️ production · acme-graph → b83e5a2 · rolled back')
  expect([status, left]).toEqual([0, []])
})
