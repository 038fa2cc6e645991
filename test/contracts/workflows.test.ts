import { describe, expect, test } from 'vitest'
import { isMap, isScalar, type Pair, parseDocument, type Scalar, visit } from 'yaml'
import { releaseInputs } from '../../packages/action-kit/src/variables.ts'
import {
  actions,
  composites,
  exists,
  grammarErrors,
  type Job,
  type Manifest,
  ownAction,
  ownWorkflow,
  ownWorkflows,
  type Step,
  workflows,
} from './manifests.ts'

const files = [...workflows, ...composites]
const jobsOf = (content: { jobs: Record<string, Job> }) =>
  Object.entries(content.jobs).map(([id, job]) => ({ id, ...job }))

test('the repository has workflows', () => {
  expect(workflows.length).toBeGreaterThan(0)
})

describe.each(workflows)('$path', ({ path, text, content }) => {
  const jobs = jobsOf(content)

  test('is accepted by GitHub', async () => {
    expect(await grammarErrors('workflow', path, text)).toEqual([])
  })

  test('grants nothing to all jobs, and gives a reason for each permission of a job', () => {
    const grants = permissions(text)
    expect(grants.filter(({ top }) => top).map(({ count }) => count)).toEqual([0])
    expect(grants.flatMap(({ silent }) => silent)).toEqual([])
  })

  test('gives every action its required inputs and no unknown ones', () => {
    for (const { id, steps = [] } of jobs)
      for (const step of steps) expect(callProblems(step), `${id}: ${step.uses}`).toEqual([])
  })

  test('gives every called workflow its required inputs and no unknown ones', () => {
    for (const { id, uses, with: given = {}, secrets = {} } of jobs.filter((job) => job.uses)) {
      const called = callable(uses as string)
      expect(called, `${id}: ${uses}`).toBeDefined()
      expect(callProblem(given, called?.inputs ?? {}), id).toEqual([])
      if (secrets !== 'inherit') expect(callProblem(secrets, called?.secrets ?? {}), id).toEqual([])
    }
  })
})

describe.each(ownWorkflows)('$path', ({ content }) => {
  test('gives every job a name and a timeout', () => {
    for (const job of jobsOf(content)) {
      expect(job.name, job.id).toBeDefined()
      if (!job.uses) expect(job['timeout-minutes'], job.id).toBeDefined()
    }
  })

  // The workflow's own name is the caller's when it is called.
  test('prefixes every concurrency group with a literal', () => {
    const groups = [content.concurrency, ...jobsOf(content).map(({ concurrency }) => concurrency)].filter(Boolean)
    expect(groups.length).toBeGreaterThan(0)
    for (const group of groups) expect(groupOf(group)).toMatch(/^belay\/[a-z$]/)
  })
})

describe.each(files)('$path', ({ path, text }) => {
  const own = !/^(examples|docs)\//.test(path)

  test('pins every action of others by commit, and says which version that is', () => {
    for (const { uses, comment } of usesOf(text)) {
      if (/^(\$|\.)\//.test(uses) || uses.startsWith('belay-actions/belay/')) continue
      expect(uses).toMatch(/^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/)
      expect(comment, uses).toMatch(/^ v\d+\.\d+\.\d+$/)
    }
  })

  test('uses this repository at the running commit', () => {
    for (const { uses } of usesOf(text)) {
      // A ./ is the caller's checkout, and a name with a version is another commit than this one.
      if (own) expect(uses).not.toMatch(/^\.\/|^belay-actions\/belay/)
      if (/^\$\//.test(uses)) expect(exists(uses.slice(2)), uses).toBe(true)
      if (/^\$\/actions\//.test(uses)) expect(ownAction(uses), uses).toBeDefined()
    }
  })
})

test('every example names existing actions and workflows', () => {
  const named = workflows
    .filter(({ path }) => path.startsWith('examples/'))
    .flatMap(({ text }) => usesOf(text))
    .filter(({ uses }) => uses.startsWith('belay-actions/belay'))
  expect(named.length).toBeGreaterThan(0)
  for (const { uses } of named) expect(ownAction(uses) ?? ownWorkflow(uses), uses).toBeDefined()
})

describe.each(composites)('$path', ({ manifest }) => {
  test('gives every nested action its required inputs and no unknown ones', () => {
    const { steps } = manifest.runs as { steps: readonly Step[] }
    for (const step of steps) expect(callProblems(step), step.id).toEqual([])
  })
})

/**
 * Decisions of a run that a called workflow does not offer. QA releases commits without an admission: without a window
 * and a QA check there is nothing to override, and its artifact is always this run's own.
 */
const notOffered: Readonly<Record<string, readonly string[]>> = {
  '.github/workflows/qa-deploy.yml': ['override-reason', 'rebuild'],
  '.github/workflows/production-release.yml': [],
}

// An error names the input that helps: `first-release: replace`, `accept-risk`. The user of a called workflow has no
// other way to give it, as no variable can.
describe.each(Object.entries(notOffered))('%s', (path, without) => {
  const called = ownWorkflows.find((one) => one.path === path)?.content
  const offered = callable(`$/${path}`)?.inputs ?? {}
  const given = called?.jobs.release?.steps?.find(({ uses }) => uses === '$/actions/release')?.with ?? {}
  const decisions = Object.values(releaseInputs.run)
    .flat()
    .filter((name) => !without.includes(name))

  test.each(decisions)('takes %s, a decision of one run, and passes it on', (name) => {
    expect(Object.keys(offered)).toContain(name)
    expect(given[name]).toContain(`inputs.${name}`)
  })

  test('asks in the plan before the approval for the kind of release that follows', () => {
    const plan = called?.jobs.plan?.steps?.find(({ uses }) => uses === '$/actions/release/plan')?.with
    if (plan) expect(plan).toMatchObject({ phase: '${{ inputs.phase }}', until: '${{ inputs.until }}' })
  })
})

test('the checks above cover every action', () => {
  expect(actions.filter(({ manifest }) => !['node24', 'composite'].includes(manifest.runs.using))).toEqual([])
})

/** What a step gives to an action of this repository and should not, or does not give and should. */
function callProblems({ uses, with: given = {} }: Step): string[] {
  const action = uses === undefined ? undefined : ownAction(uses)
  return action ? callProblem(given, action.manifest.inputs ?? {}) : []
}

function callProblem(given: Record<string, unknown>, known: NonNullable<Manifest['inputs']>): string[] {
  return [
    ...Object.keys(given)
      .filter((name) => !(name in known))
      .map((name) => `${name} is not an input`),
    ...Object.entries(known)
      .filter(([name, { required }]) => required && !(name in given))
      .map(([name]) => `${name} is required`),
  ]
}

/** What a reusable workflow of this repository takes. */
function callable(uses: string) {
  const on = ownWorkflow(uses)?.content.on as
    | { workflow_call?: Record<'inputs' | 'secrets', Manifest['inputs']> }
    | undefined
  return on?.workflow_call
}

/** Every `uses` of a file, with the comment behind it. */
function usesOf(text: string): { uses: string; comment: string | undefined }[] {
  const found: { uses: string; comment: string | undefined }[] = []
  visit(parseDocument(text), {
    Pair(_, pair) {
      const { key, value } = pair as Pair<Scalar, Scalar>
      if (key.value === 'uses' && isScalar(value))
        found.push({ uses: String(value.value), comment: value.comment ?? undefined })
    },
  })
  return found
}

/** Every `permissions` of a workflow: whether it is the one for all jobs, how much it grants, and what has no reason. */
function permissions(text: string): { top: boolean; count: number; silent: string[] }[] {
  const found: { top: boolean; count: number; silent: string[] }[] = []
  visit(parseDocument(text), {
    Pair(_, pair, path) {
      const { key, value } = pair as Pair<Scalar, unknown>
      if (key.value !== 'permissions') return undefined
      const grants = isMap(value) ? (value.items as Pair<Scalar, Scalar>[]) : undefined
      const silent = grants
        ? grants.filter(({ value }) => !value?.comment).map(({ key }) => String(key.value))
        : ['all']
      found.push({ top: path.length === 2, count: grants?.length ?? 1, silent })
      return undefined
    },
  })
  return found
}

function groupOf(concurrency: unknown): string {
  return typeof concurrency === 'string' ? concurrency : (concurrency as { group: string }).group
}
