// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are expressions of a workflow
import { describe, expect, test } from 'vitest'
import { interpolate } from '../../tools/workflow-runner/src/expressions.ts'
import { workflows } from './manifests.ts'

interface Caller {
  readonly on: Record<string, { inputs?: Record<string, unknown> } | null>
  readonly jobs: Record<string, CallerJob>
}
interface CallerJob {
  readonly if?: string
  readonly environment?: { readonly name: string }
  readonly concurrency?: { readonly group: string; readonly queue?: string }
  readonly steps?: readonly { readonly uses?: string; readonly if?: string; readonly with?: Record<string, string> }[]
}

const [head, tagged] = ['a'.repeat(40), 'b'.repeat(40)]
const ids = ['previous', '20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081']

/** An expression of a caller, as GitHub would answer it for a run from main with these inputs. */
function answer(text: string, inputs: Record<string, string>, more: Record<string, unknown> = {}): string {
  const contexts = {
    github: { ref: 'refs/heads/main', ref_name: 'main', sha: head, repository: 'acme/shop' },
    vars: {},
    matrix: { service: 'acme-api' },
    // A rollback skips the plan's job.
    needs: { plan: { outputs: { sha: ids.includes(inputs.version ?? '') ? '' : tagged } } },
    inputs,
    ...more,
  }
  return interpolate(text, { contexts, status: 'success', cancelled: false, workspace: '/nowhere' })
}

/** Those that release tags to servers; the first one also to Render, where the concurrency group is the lock. */
const production = [
  '.github/workflows/production-release.yml',
  'docs/callers/production.yml',
  'examples/compose/.github/workflows/production.yml',
  'examples/kubernetes/.github/workflows/production.yml',
  'examples/vps-systemd/.github/workflows/production.yml',
  'examples/vps-systemd/.github/workflows/production-proxy.yml',
]

describe.each(production)('%s', (path) => {
  const caller = workflows.find((one) => one.path === path)?.content as unknown as Caller
  const { release, aftercare } = caller.jobs as { release: CallerJob; aftercare: CallerJob }
  const step = (job: CallerJob, action: string) =>
    job.steps?.find(({ uses = '' }) => uses.replace(/@.*/, '').endsWith(`/actions/${action}`))?.with ?? {}
  const isBack =
    /\(inputs\.version == 'previous' \|\| startsWith\(inputs\.version, '20'\) && contains\(inputs\.version, 'Z-'\)\)/

  test('a rollback waits for no unapproved release and may need no reviewers (rule 18)', () => {
    const group = (version: string) => answer(release.concurrency?.group ?? '', { version, target: 'ssh' })
    for (const version of ids) expect(group(version)).toBe(`${group('v1.2.0')}/back`)
    expect(group('')).toBe(group('v1.2.0'))
    expect(release.concurrency?.queue).toBe('max')
    expect(release.environment?.name).toMatch(
      new RegExp(`${isBack.source} && (vars.ROLLBACK_E|inputs.rollback-e)nvironment`, 'i'),
    )
  })

  test('a rollback needs no ref of its own, and a release accepts a reason', () => {
    const [checkout] = (release.steps ?? []).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))
    expect(`${checkout?.with?.ref}${checkout?.if}`).toMatch(/!\(?startsWith|inputs\.version != 'previous'/)
    expect(step(release, 'release')['override-reason']).toBe('${{ inputs.override-reason }}')
  })

  test('checks out the commit of the version, which no branch with the name of its tag can be', () => {
    const [checkout] = (release.steps ?? []).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))
    const ref = (version: string, more = {}) => answer(checkout?.with?.ref ?? '', { version }, more)
    expect(['refs/tags/v1.2.0', tagged]).toContain(ref('v1.2.0'))
    expect(ref(tagged)).toBe(tagged)
    const pushed = { github: { ref: 'refs/tags/v1.3.0', ref_name: 'v1.3.0', sha: tagged } }
    expect(ref('', pushed)).toBe(tagged)
    // A rollback skips the checkout, or checks out the smoke test of the run's own commit.
    if (!checkout?.if) for (const version of ids) expect(ref(version)).toBe(head)
  })

  test('aftercare gets the version and runs after every release', () => {
    expect(aftercare.if).toBe("${{ always() && needs.release.result != 'skipped' }}")
    expect(step(aftercare, 'release/aftercare').version).toBe('${{ inputs.version || github.ref_name }}')
  })
})

const restoring = [
  '.github/workflows/production-release.yml',
  '.github/workflows/qa-deploy.yml',
  'examples/kubernetes/.github/workflows/production.yml',
]

describe.each(restoring)('%s', (path) => {
  const caller = workflows.find((one) => one.path === path)?.content as unknown as Caller
  const { restore, aftercare } = caller.jobs
  const begins = (result: string, outputs: object, back = 'production-rollback') =>
    answer(
      restore?.if ?? '',
      { target: 'kubernetes', 'rollback-environment': back },
      { needs: { release: { result, outputs } }, vars: { ROLLBACK_ENVIRONMENT: back } },
    )

  test('restores a cluster only after a release that could not report its result', () => {
    expect(begins('failure', {})).toBe('true')
    expect(begins('failure', { result: 'rolled-back' })).toBe('false')
    expect(begins('success', { result: 'committed' })).toBe('false')
    expect(begins('skipped', {})).toBe('false')
  })

  test('aftercare takes what that came to', () => {
    const given = aftercare?.steps?.find(({ uses = '' }) => uses.includes('/release/aftercare'))?.with
    expect(given?.restored).toBe('${{ needs.restore.outputs.result }}')
  })

  // Reviewers would be asked again, and aftercare would wait for them.
  test('restores in an environment of its own choice, where one with reviewers is likely', () => {
    if (path.includes('production')) expect(begins('failure', {}, '')).toBe('false')
  })
})

// An error asks for one of these; in production a tag that is edited for it would be another version.
describe.each(['docs/callers/production.yml', 'docs/callers/qa.yml'])('%s', (path) => {
  const caller = workflows.find((one) => one.path === path)?.content as unknown as Caller
  const asked = Object.keys(caller.on.workflow_dispatch?.inputs ?? {})
  const given = caller.jobs.release?.steps?.find(({ uses = '' }) => uses.includes('/actions/release@'))?.with ?? {}

  test.each(['accept-risk', 'phase', 'oldest-compatible-version', 'first-release'])(
    'takes %s from a person who starts it by hand',
    (name) => {
      expect(asked).toContain(name)
      expect(given[name]).toBe(`\${{ inputs.${name} }}`)
    },
  )
})

describe('on Render', () => {
  const caller = workflows.find(({ path }) => path === production[0])?.content as unknown as Caller
  const group = (version: string, more = {}) =>
    answer(caller.jobs.release?.concurrency?.group ?? '', { version, target: 'render', ...more })

  test.each(ids)('a rollback to %s and a release wait for each other', (version) => {
    expect(group(version)).toBe(group('v1.2.0'))
  })

  test.each(ids)('a rollback to %s does not wait, if it has an environment without approvals', (version) => {
    expect(group(version, { 'rollback-environment': 'back' })).toBe(`${group('v1.2.0')}/back`)
  })
})
