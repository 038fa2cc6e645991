import { githubContext } from './contexts.ts'
import type { JobResult, StepOutcome } from './events.ts'
import { condition, resolve, resolveDeep, type Scope, type Status, toText, type Value } from './expressions.ts'
import { runJob, unstartedJob } from './job.ts'
import type { Run } from './model.ts'
import { matrixJobsOf, needsOf, type PlannedJob, type PlannedMatrixJob, type PlannedWorkflow } from './plan.ts'
import { type Trigger, triggerOf, type WorkflowInput } from './workflow.ts'

/** What a workflow is started or called with. */
export interface WorkflowValues {
  inputs: Record<string, Value>
  secrets: Record<string, string>
  /** Whether secrets of environments arrive: not in a called workflow whose caller maps its secrets. */
  inherited: boolean
}

/** Runs the jobs of a workflow in the order of their needs, one after another; `only`: just these and what they need. */
export async function runWorkflow(
  run: Run,
  plan: PlannedWorkflow,
  given: WorkflowValues,
  only?: string[],
): Promise<StepOutcome> {
  const selected = plan.jobs.filter(
    ({ id }) =>
      !only || only.includes(id) || plan.jobs.some((job) => only.includes(job.id) && job.ancestors.includes(id)),
  )
  const results: Record<string, JobResult> = {}
  for (const job of selected) {
    if (run.ended) break
    const result = await runPlannedJob(run, plan, job, given, results)
    results[job.id] = result
    run.jobs[job.path] = result
    run.emit({ type: 'job-end', job: job.path, result })
  }
  return worst(Object.values(results).map(({ conclusion }) => conclusion))
}

/** The inputs of a workflow: what is given, by its declared type, else its default. Throws for one that does not fit. */
export function readInputs(trigger: Trigger, given: Record<string, Value>, scope: Scope): Record<string, Value> {
  const declared = Object.entries(trigger.inputs ?? {})
  const unknown = Object.keys(given).filter((name) => !declared.some(([each]) => each === name))
  if (unknown.length > 0) throw new Error(`the workflow declares no input ${unknown.join(', ')}`)
  return Object.fromEntries(declared.map(([name, input]) => [name, readInput(name, input ?? {}, given[name], scope)]))
}

function readInput(name: string, input: WorkflowInput, given: Value | undefined, scope: Scope): Value {
  if (given === undefined && input.required && input.default === undefined)
    throw new Error(`the input ${name} is required`)
  const value = given ?? resolve(input.default ?? null, scope)
  switch (input.type) {
    case 'boolean':
      if (value === null || value === '' || value === 'false') return false
      if (typeof value === 'boolean' || value === 'true') return value === true || value === 'true'
      throw new Error(`the input ${name} must be a boolean, not '${toText(value)}'`)
    case 'number':
      if (value === null) return 0
      if (toText(value).trim() !== '' && Number.isFinite(Number(value))) return Number(value)
      throw new Error(`the input ${name} must be a number, not '${toText(value)}'`)
    default:
      if (input.options && value !== null && !input.options.includes(toText(value))) {
        throw new Error(`the input ${name} must be one of ${input.options.join(', ')}, not '${toText(value)}'`)
      }
      return toText(value)
  }
}

async function runPlannedJob(
  run: Run,
  plan: PlannedWorkflow,
  job: PlannedJob,
  given: WorkflowValues,
  before: Record<string, JobResult>,
): Promise<JobResult> {
  const contexts = {
    github: githubContext(run.facts, run.workflow),
    needs: Object.fromEntries(needsOf(job.job).map((id) => [id, needed(before[id] as JobResult)])),
    vars: run.vars,
    inputs: given.inputs,
  }
  const scope = (): Scope => ({
    contexts,
    status: statusBefore(run, job, before),
    cancelled: run.cancelled,
    workspace: run.workDir,
  })
  const wanted = () => condition(String(job.job.if ?? ''), scope())
  const begin = (job: PlannedJob | PlannedMatrixJob) => runOne(run, plan, job, given, scope(), wanted)
  return orFailed(run, job, async () => {
    if (!wanted()) return unstartedJob('skipped')
    const { matrix, 'fail-fast': failFast = true } = job.job.strategy ?? {}
    if (matrix === undefined) return begin(job)
    return runMatrix(
      run,
      matrixJobsOf(job, resolveDeep(matrix, scope()), toText(resolve(failFast, scope())) === 'true'),
      wanted,
      begin,
    )
  })
}

/** Runs the jobs of a matrix one after another. To who needs the job they are one, whose outputs are the last ones set. */
async function runMatrix(
  run: Run,
  matrixJobs: PlannedMatrixJob[],
  wanted: () => boolean,
  begin: (job: PlannedMatrixJob) => Promise<JobResult>,
): Promise<JobResult> {
  const results: JobResult[] = []
  for (const job of matrixJobs) {
    if (run.ended) break
    const failed = job.strategy['fail-fast'] && results.some(({ conclusion }) => conclusion !== 'success')
    const result =
      failed || (run.cancelled && !wanted()) ? unstartedJob('cancelled') : await orFailed(run, job, () => begin(job))
    results.push(result)
    run.jobs[job.path] = result
    run.emit({ type: 'job-end', job: job.path, result })
  }
  const conclusion = worst(
    results.map((result) => result.conclusion),
    ['lost', 'failure', 'cancelled', 'success'],
  )
  return { ...unstartedJob(conclusion), outputs: Object.assign({}, ...results.map(({ outputs }) => outputs)) }
}

async function runOne(
  run: Run,
  plan: PlannedWorkflow,
  job: PlannedJob | PlannedMatrixJob,
  given: WorkflowValues,
  before: Scope,
  wanted: () => boolean,
): Promise<JobResult> {
  const { matrix, strategy } =
    'matrix' in job
      ? job
      : { matrix: null, strategy: { 'fail-fast': true, 'job-index': 0, 'job-total': 1, 'max-parallel': 1 } }
  const known = { ...before, contexts: { ...before.contexts, matrix, strategy } }
  const environment = run.environments[environmentName(job, known)] ?? {}
  const token = run.tokenFor(job.job.permissions ?? plan.workflow.permissions)
  run.masker.add(token)
  const contexts = {
    ...known.contexts,
    github: { ...(before.contexts.github as object), token },
    vars: { ...run.vars, ...environment.vars },
    secrets: { ...given.secrets, GITHUB_TOKEN: token, ...(given.inherited && environment.secrets) },
  }
  const scope = { ...known, contexts }
  const recorded = recordedOf(job, scope)
  run.emit({ type: 'job-start', job: job.path, recorded })
  if (job.call) return { ...(await callWorkflow(run, job.call, job, given, scope)), recorded }
  return runJob(run, plan, job, contexts, wanted, recorded)
}

/** An environment is named by itself or as `name` of a map; one without values of its own needs no entry. */
function environmentName({ job }: PlannedJob, scope: Scope): string {
  const { environment } = job
  const name = typeof environment === 'object' ? (environment as { name?: Value } | null)?.name : environment
  return toText(resolve(name ?? '', scope))
}

async function orFailed(run: Run, { path }: PlannedJob, act: () => Promise<JobResult>): Promise<JobResult> {
  try {
    return await act()
  } catch (error) {
    run.emit({ type: 'note', path, message: run.masker.mask(`the job failed: ${(error as Error).message}`) })
    return unstartedJob('failure')
  }
}

async function callWorkflow(
  run: Run,
  plan: PlannedWorkflow,
  job: PlannedJob,
  given: WorkflowValues,
  scope: Scope,
): Promise<JobResult> {
  const trigger = triggerOf(plan.workflow, 'workflow_call') ?? {}
  const values = (map: Record<string, Value> = {}) =>
    Object.entries(map).map(([key, value]) => [key, resolve(value, scope)] as const)
  const { secrets } = job.job
  const passed =
    secrets === 'inherit' ? given.secrets : Object.fromEntries(values(secrets).map(([k, v]) => [k, toText(v)]))
  const github = { github: scope.contexts.github, vars: run.vars }
  const inputs = readInputs(trigger, Object.fromEntries(values(job.job.with)), { ...scope, contexts: github })
  const conclusion = await runWorkflow(run, plan, {
    inputs,
    secrets: passed,
    inherited: secrets === 'inherit' && given.inherited,
  })
  const jobs = Object.fromEntries(plan.jobs.map(({ id, path }) => [id, needed(run.jobs[path] as JobResult)]))
  const outputScope = { ...scope, contexts: { ...github, inputs, jobs } }
  const outputs = Object.entries(trigger.outputs ?? {}).map(
    ([name, { value }]) => [name, toText(resolve(value, outputScope))] as const,
  )
  return { ...unstartedJob(conclusion), outputs: Object.fromEntries(outputs.filter(([, value]) => value !== '')) }
}

/** A job as `needs` and `jobs` show it. To GitHub, a job whose runner was lost has failed. */
function needed({ conclusion, outputs }: JobResult) {
  return { result: conclusion === 'lost' ? 'failure' : conclusion, outputs }
}

function statusBefore(run: Run, job: PlannedJob, before: Record<string, JobResult>): Status {
  if (run.cancelled) return 'cancelled'
  const results = job.ancestors.map((id) => needed(before[id] as JobResult).result)
  for (const status of ['failure', 'cancelled', 'skipped'] as const) if (results.includes(status)) return status
  return 'success'
}

function recordedOf(job: PlannedJob, scope: Scope): Record<string, unknown> {
  const { name, environment, permissions, concurrency } = job.job
  const entries = Object.entries({ name, environment, permissions, concurrency })
  // The url of an environment may name steps, which have not run.
  return Object.fromEntries(
    entries
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, resolveDeep(value as Value, scope, ['url'])]),
  )
}

/** What several jobs have come to together. */
function worst(
  outcomes: StepOutcome[],
  order: readonly StepOutcome[] = ['lost', 'cancelled', 'failure', 'success'],
): StepOutcome {
  return order.find((outcome) => outcomes.includes(outcome)) ?? 'skipped'
}
