import { describe, expect, test } from 'vitest'
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

/** Those that release tags to servers. On Render the concurrency group is the lock, so going back has none of its own. */
const production = [
  '.github/workflows/production-release.yml',
  'docs/callers/production.yml',
  'examples/compose/.github/workflows/production.yml',
  'examples/vps-systemd/.github/workflows/production.yml',
]

describe.each(production)('%s', (path) => {
  const caller = workflows.find((one) => one.path === path)?.content as unknown as Caller
  const { release, aftercare } = caller.jobs as { release: CallerJob; aftercare: CallerJob }
  const step = (job: CallerJob, action: string) =>
    job.steps?.find(({ uses = '' }) => uses.replace(/@.*/, '').endsWith(`/actions/${action}`))?.with ?? {}
  const isBack =
    /\(inputs\.version == 'previous' \|\| startsWith\(inputs\.version, '20'\) && contains\(inputs\.version, 'Z-'\)\)/

  test('going back waits for no release that is not approved, and can do without reviewers', () => {
    expect(release.concurrency?.group).toMatch(new RegExp(`${isBack.source} && '/back' \\|\\| '' \\}\\}$`))
    expect(release.concurrency?.queue).toBe('max')
    expect(release.environment?.name).toMatch(
      new RegExp(`${isBack.source} && (vars.ROLLBACK_E|inputs.rollback-e)nvironment`, 'i'),
    )
  })

  test('what goes back needs no ref that there is not, and the reason of a release can be given', () => {
    const [checkout] = (release.steps ?? []).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'))
    expect(`${checkout?.with?.ref}${checkout?.if}`).toMatch(/!\(?startsWith|inputs\.version != 'previous'/)
    expect(step(release, 'release')['override-reason']).toBe('${{ inputs.override-reason }}')
  })

  test('aftercare knows the version, and comes whenever there was a release', () => {
    expect(aftercare.if).toBe("${{ always() && needs.release.result != 'skipped' }}")
    expect(step(aftercare, 'release/aftercare').version).toBe('${{ inputs.version || github.ref_name }}')
  })
})

// An error asks for one of these; in production a tag that is edited for it would be another version.
describe.each(['docs/callers/production.yml', 'docs/callers/qa.yml'])('%s', (path) => {
  const caller = workflows.find((one) => one.path === path)?.content as unknown as Caller
  const asked = Object.keys(caller.on.workflow_dispatch?.inputs ?? {})
  const given = caller.jobs.release?.steps?.find(({ uses = '' }) => uses.includes('/actions/release@'))?.with ?? {}

  test.each(['accept-risk', 'phase', 'survives', 'first-release'])(
    'takes %s from a person who starts it by hand',
    (name) => {
      expect(asked).toContain(name)
      expect(given[name]).toBe(`\${{ inputs.${name} }}`)
    },
  )
})
