import type { QaResult } from '@belay/github'
import { describe, expect, test } from 'vitest'
import { type AdmissionFacts, evaluatePolicy } from '../plan/src/admission-policy.ts'
import { plain, summaryOf } from '../plan/src/summary.ts'

const sha = 'a'.repeat(40)
const run = { id: 1, url: 'https://github.com/acme/x/actions/runs/1', branch: 'main' }
const artifact: QaResult = { found: 'artifact', run, artifact: { id: 9, name: 'app', digest: 'sha256:0' } }
const expired: QaResult = { found: 'run', run, expired: true }
const missing: QaResult = { found: 'run', run, expired: false }
const unproven: QaResult = { found: 'nothing', why: 'its run still runs' }
const closed = { text: 'Mon 06-08', open: false, opens: new Date('2026-11-30T06:00Z'), closes: undefined }

const good: AdmissionFacts = {
  requested: { version: 'v1.5.0', sha },
  live: { version: 'v1.4.0', sha: 'b'.repeat(40) },
  relation: 'ahead',
  releasedBefore: false,
  forwardOnly: false,
  byHand: false,
  workflow: 'production.yml',
  branches: { default: true, release: undefined },
  window: undefined,
  qa: artifact,
  rebuild: false,
  image: '',
  overrideReason: '',
}
const because = { overrideReason: 'the tax is wrong' }
const hotfix = { branches: { default: false, release: 'release/1.4' } }
const beside = { ...hotfix, relation: 'diverged' } as const
const noBranch = { branches: { default: false, release: undefined }, relation: 'diverged' } as const
const wasLive = { releasedBefore: true, byHand: true }
const older = { relation: 'behind' } as const

describe('a version', () => {
  test.each<[string, Partial<AdmissionFacts>, string, string]>([
    ['ahead of what is live', {}, 'deploy', 'deploy'],
    ['where nothing is live', { live: undefined, relation: undefined }, 'deploy', 'deploy'],
    ['that is live already', { relation: 'identical' }, 'deploy', 'deploy'],
    ['older than what is live', older, 'older-than-live', 'superseded'],
    ['older, by hand, but never live', { ...older, byHand: true }, 'older-than-live', 'superseded'],
    ['older, live once, but pushed', { ...older, releasedBefore: true }, 'older-than-live', 'superseded'],
    ['older, live once, by hand', { ...older, releasedBefore: true, byHand: true }, 'rollback', 'rollback'],
    [
      'older, live once, by hand, as a contract',
      { ...older, ...wasLive, forwardOnly: true },
      'older-than-live',
      'superseded',
    ],
    [
      'to go back to, outside the window and unproven',
      { ...older, releasedBefore: true, byHand: true, window: closed, qa: unproven },
      'rollback',
      'rollback',
    ],
    ['older, whatever the reason', { ...older, ...because }, 'older-than-live', 'superseded'],
    [
      'on no branch that is released from',
      { branches: { default: false, release: undefined } },
      'not-on-a-release-branch',
      'not-on-a-release-branch',
    ],
    [
      'on no such branch, whatever the reason',
      { branches: { default: false, release: undefined }, ...because },
      'not-on-a-release-branch',
      'not-on-a-release-branch',
    ],
    ['on a release branch, from what is live', hotfix, 'deploy', 'deploy'],
    ['on a release branch, beside what is live', { ...hotfix, relation: 'diverged' }, 'not-descended', 'not-descended'],
    ['on the default branch, beside a live hotfix', { relation: 'diverged' }, 'deploy', 'deploy'],
    ['a hotfix that was live, beside what is live, by hand', { ...beside, ...wasLive }, 'rollback', 'rollback'],
    ['a hotfix that was live, but pushed', { ...beside, releasedBefore: true }, 'not-descended', 'not-descended'],
    ['a hotfix by hand that was never live', { ...beside, byHand: true }, 'not-descended', 'not-descended'],
    ['that was live, its branch deleted since, by hand', { ...noBranch, ...wasLive }, 'rollback', 'rollback'],
    ['ahead, live once, by hand, in the window', wasLive, 'deploy', 'deploy'],
    ['ahead, live once, by hand, outside the window', { ...wasLive, window: closed }, 'rollback', 'rollback'],
    ['ahead, live once, by hand, its artifact expired', { ...wasLive, qa: expired }, 'rollback', 'rollback'],
    [
      'live already, by hand, outside the window',
      { relation: 'identical', ...wasLive, window: closed },
      'rollback',
      'rollback',
    ],
    [
      'live once, by hand, where GitHub knows of nothing live',
      { ...wasLive, live: undefined, relation: undefined, qa: unproven },
      'rollback',
      'rollback',
    ],
    ['outside the window', { window: closed }, 'outside-window', 'outside-window'],
    ['outside the window, with a reason', { window: closed, ...because }, 'deploy', 'deploy'],
    ['within the window', { window: { ...closed, open: true } }, 'deploy', 'deploy'],
    ['that QA did not verify', { qa: unproven }, 'not-proven', 'not-proven'],
    ['that QA did not verify, built again', { qa: unproven, rebuild: true }, 'not-proven', 'not-proven'],
    ['that QA did not verify, with a reason', { qa: unproven, ...because }, 'deploy', 'deploy'],
    ['whose artifact has expired', { qa: expired }, 'artifact-expired', 'artifact-expired'],
    ['released as an image, which is no artifact', { qa: missing, image: 'ghcr.io/acme/x' }, 'deploy', 'deploy'],
    [
      'released as an image, that QA did not verify',
      { qa: unproven, image: 'ghcr.io/acme/x' },
      'not-proven',
      'not-proven',
    ],
    ['whose artifact has expired, built again', { qa: expired, rebuild: true }, 'deploy', 'deploy'],
    ['whose artifact is not there', { qa: missing }, 'artifact-missing', 'artifact-missing'],
    ['that needs no proof', { qa: undefined }, 'deploy', 'deploy'],
  ])('%s', (_, part, planned, admitted) => {
    const facts = { ...good, ...part }
    expect([evaluatePolicy(facts, false), evaluatePolicy(facts, true)].map(word)).toEqual([planned, admitted])
  })

  function word(verdict: ReturnType<typeof evaluatePolicy>): string {
    if (verdict.is === 'go') return verdict.way
    return verdict.is === 'refused' ? verdict.code : verdict.is
  }

  test('outside the window is refused, and the error says when it opens', () => {
    expect(evaluatePolicy({ ...good, window: closed }, false)).toMatchObject({
      why: expect.stringContaining('2026-11-30T06:00Z'),
    })
  })

  test('outside the window is admitted with a reason, which the notes have', () => {
    expect(evaluatePolicy({ ...good, window: closed, ...because }, false)).toMatchObject({
      notes: [expect.stringContaining('the tax is wrong')],
    })
  })

  test('whose artifact has expired has a way out where no job of the workflow builds', () => {
    expect(evaluatePolicy({ ...good, qa: expired }, false)).toMatchObject({
      remedy: expect.stringMatching(/run all jobs of QA's run again.*if this workflow builds.*`rebuild: true`/),
    })
  })

  // From a tag, because an environment may allow nothing else.
  test.each([
    ['is older', older],
    ['is beside what is live', beside],
  ])('that %s names the command that rolls back, from a tag', (_, relation) => {
    const command = 'gh workflow run production.yml --ref v1.4.0 --field version=v1.3.0'
    const old = { ...good, ...older, ...relation, requested: { version: 'v1.3.0', sha } }
    expect(evaluatePolicy(old, false)).toMatchObject({ remedy: expect.stringContaining(command) })
  })

  test('that lacks what is live says so', () => {
    expect(evaluatePolicy({ ...good, relation: 'diverged' }, false)).toMatchObject({
      warnings: ['v1.5.0 lacks commits that are live with v1.4.0.'],
    })
  })
})

describe('the summary', () => {
  const place = { service: 'acme-sales', environment: 'production' }
  const commits = Array.from({ length: 60 }, (_, index) => ({ sha, title: `Change ${index}`, author: 'Ada' }))
  const nothing = { commits: [], total: 0 }

  const changes = { comes: { commits, total: 260 }, goes: { commits: commits.slice(0, 1), total: 1 } }
  const text = summaryOf(
    good,
    { is: 'go', way: 'deploy', notes: ['A note.'], warnings: ['A warning.'] },
    changes,
    place,
  )

  test('says that the version may be released, with warnings before notes', () => {
    expect(text).toContain('may be released')
    expect(text).toMatch(/^- A warning\.\n\n- A note\.$/m)
  })

  test('says what is live', () => {
    expect(text).toContain('| live | v1.4.0 (`bbbbbbbbbbbb`) |')
  })

  test('lists the commits that are added, the newest first, and counts those left out', () => {
    expect(text.indexOf('Change 59')).toBeLessThan(text.indexOf('Change 10'))
    expect(text).toContain('… and 210 more')
  })

  test('lists the commits that are removed', () => {
    expect(text).toContain('Removed: 1 commit**')
  })

  test('names why it is refused', () => {
    const refused = { is: 'refused', code: 'not-proven', why: 'QA did not verify it.', remedy: '' } as const
    expect(summaryOf(good, refused, { comes: nothing, goes: nothing }, place)).toContain('refused (`not-proven`)')
  })

  test('lets no commit format, mention or link anything', () => {
    const hostile = '<img src=x> [a](https://evil) @team **b** `c`\n::error::x | #1 \u202e'
    const text = plain(hostile)
    expect(text).not.toMatch(/[<>[\]@*`|\n\u202e]/)
    expect(text).toContain('&#64;team')
  })
})
