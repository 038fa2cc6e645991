import type { Value } from './expressions.ts'
import { type Combination, combinationsOf, matrixJobNames } from './matrix.ts'
import type { Repositories, Repository } from './repositories.ts'
import { type Action, type LoadedAction, resolveAction, resolveWorkflow } from './resolve.ts'
import { UnsupportedWorkflow } from './unsupported-workflow.ts'
import { type Job, readWorkflowFile, type Step, triggerOf, type Workflow } from './workflow.ts'

/** A step with its path (`job/step/nested`), which names it in events, results and faults. */
export interface PlannedStep {
  path: string
  step: Step
  /** The repository of the file it stands in. */
  origin: Repository
  /** Absent for `run`. */
  action?: Action
  /** Of a composite. */
  nested: PlannedStep[]
}

export interface PlannedJob {
  id: string
  /** `job`, `job (value)` for a job of a matrix, or `caller/job` in a called workflow. */
  path: string
  /** The name of its folder: `job`, `job.1` for the first job of a matrix, `caller.job`. */
  folder: string
  job: Job
  /** Of itself and all that it needs. */
  ancestors: string[]
  steps: PlannedStep[]
  call?: PlannedWorkflow
}

/** A job with a matrix, for one of its combinations. */
export interface PlannedMatrixJob extends PlannedJob {
  matrix: Combination
  /** The `strategy` context. */
  strategy: { 'fail-fast': boolean; 'job-index': number; 'job-total': number; 'max-parallel': number }
}

export interface PlannedWorkflow {
  /** As seen from its repository, for `github.workflow_ref` and messages. */
  file: string
  origin: Repository
  workflow: Workflow
  /** In an order in which everything needed comes first. */
  jobs: PlannedJob[]
}

/** GitHub's limit for workflows that call workflows. */
const LEVELS = 10

/** The workflow with all that it uses resolved, except `./` actions, whose files a run brings itself. Throws a {@link UnsupportedWorkflow}. */
export async function planWorkflow(
  source: { workflow: Workflow; file: string; origin: Repository },
  repositories: Repositories,
  prefix = '',
  level = 1,
): Promise<PlannedWorkflow> {
  if (level > LEVELS)
    throw new UnsupportedWorkflow([`${source.file}: workflows call each other more than ${LEVELS} levels deep`])
  const { workflow, file, origin } = source
  const jobs: PlannedJob[] = []
  for (const id of orderJobs(workflow.jobs, file)) {
    const job = workflow.jobs[id] as Job
    const path = prefix + id
    const folder = path.replaceAll('/', '.')
    const planned: PlannedJob = { id, path, folder, job, ancestors: ancestorsOf(id, workflow.jobs), steps: [] }
    if (job.uses === undefined) planned.steps = planSteps(job.steps ?? [], path, origin, repositories)
    else planned.call = await planCall(job, origin, repositories, path, level)
    jobs.push(planned)
  }
  return { file, origin, workflow, jobs }
}

/** A list of steps with paths and actions. */
export function planSteps(
  steps: Step[],
  prefix: string,
  origin: Repository,
  repositories: Repositories,
): PlannedStep[] {
  const taken = new Set<string>()
  return steps.map((step, index) => {
    const path = `${prefix}/${uniqueName(nameOf(step, index), taken)}`
    if (step.uses === undefined) return { path, step, origin, nested: [] }
    const action = resolveAction(step.uses, origin, repositories)
    const nested = action.kind === 'loaded' ? planNested(action, path, origin, repositories) : []
    return { path, step, origin, action, nested }
  })
}

/** The nested steps of a composite, none for another action. `fallback`: the repository where the action names none (`./`). */
export function planNested(action: LoadedAction, path: string, fallback: Repository, repositories: Repositories) {
  const { runs } = action.manifest
  return runs.using === 'composite' ? planSteps(runs.steps, path, action.origin ?? fallback, repositories) : []
}

/** Whether a step's action has, or may have (`./`, not read yet), something to do at the end of the job. */
export function hasPost(planned: PlannedStep): boolean {
  if (planned.action?.kind === 'workspace') return true
  if (planned.action?.kind !== 'loaded') return false
  const { runs } = planned.action.manifest
  return runs.using === 'composite' ? planned.nested.some(hasPost) : runs.post !== undefined
}

/** Every path of a plan, outer steps before their nested ones, and whether `./` actions may add more. */
export function pathsOf(plan: PlannedWorkflow): { paths: string[]; open: boolean } {
  const flat = (step: PlannedStep): PlannedStep[] => [step, ...step.nested.flatMap(flat)]
  const jobsOf = (workflow: PlannedWorkflow): PlannedJob[] =>
    workflow.jobs.flatMap(writtenMatrixJobs).flatMap((job) => (job.call ? jobsOf(job.call) : [job]))
  const steps = jobsOf(plan).flatMap((job) => job.steps.flatMap(flat))
  const open = steps.some(({ action }) => action?.kind === 'workspace') || hasComputedMatrix(plan)
  return { paths: steps.map(({ path }) => path), open }
}

/** A job for each combination of its matrix, `matrix` being what that evaluates to. Throws where it has none. */
export function matrixJobsOf(planned: PlannedJob, matrix: Value, failFast: boolean): PlannedMatrixJob[] {
  const combinations = combinationsOf(matrix)
  if (combinations.length === 0) throw new Error(`the matrix of ${planned.path} has no values`)
  const strategy = { 'fail-fast': failFast, 'job-total': combinations.length, 'max-parallel': combinations.length }
  const names = matrixJobNames(planned.id, combinations)
  return combinations.map((combination, index) => {
    const paths = {
      from: planned.path,
      to: planned.path.slice(0, -planned.id.length) + names[index],
    }
    const folders = { from: planned.folder, to: `${planned.folder}.${index + 1}` }
    return { ...moveJob(planned, paths, folders), matrix: combination, strategy: { ...strategy, 'job-index': index } }
  })
}

/** The jobs of a matrix that is written out; one that is computed is known only when the job begins. */
function writtenMatrixJobs(planned: PlannedJob): PlannedJob[] {
  const matrix = planned.job.strategy?.matrix
  if (matrix === undefined) return [planned]
  return isComputed(matrix) ? [] : matrixJobsOf(planned, matrix, true)
}

function hasComputedMatrix({ jobs }: PlannedWorkflow): boolean {
  return jobs.some(({ job, call }) => isComputed(job.strategy?.matrix) || (call && hasComputedMatrix(call)))
}

function isComputed(matrix: Value | undefined): boolean {
  return JSON.stringify(matrix ?? null).includes('${{')
}

interface Move {
  from: string
  to: string
}

/** The job, its steps and what it calls with paths that begin otherwise. */
function moveJob(planned: PlannedJob, paths: Move, folders: Move): PlannedJob {
  const moved = (path: string) => paths.to + path.slice(paths.from.length)
  const moveStep = (step: PlannedStep): PlannedStep => ({
    ...step,
    path: moved(step.path),
    nested: step.nested.map(moveStep),
  })
  const { call } = planned
  return {
    ...planned,
    path: moved(planned.path),
    folder: folders.to + planned.folder.slice(folders.from.length),
    steps: planned.steps.map(moveStep),
    ...(call && { call: { ...call, jobs: call.jobs.map((job) => moveJob(job, paths, folders)) } }),
  }
}

async function planCall(job: Job, origin: Repository, repositories: Repositories, path: string, level: number) {
  const target = resolveWorkflow(job.uses as string, origin, repositories)
  const workflow = await readWorkflowFile(target.file)
  const trigger = triggerOf(workflow, 'workflow_call')
  if (!trigger)
    throw new UnsupportedWorkflow([`${path}: ${target.file} cannot be called: it has no \`on: workflow_call\``])
  const secrets = typeof job.secrets === 'object' ? Object.keys(job.secrets) : []
  const problems = [
    ...compare('input', Object.keys(job.with ?? {}), trigger.inputs ?? {}),
    ...(job.secrets === 'inherit' ? [] : compare('secret', secrets, trigger.secrets ?? {})),
  ]
  if (problems.length > 0)
    throw new UnsupportedWorkflow(problems.map((problem) => `${path}: ${target.file}: ${problem}`))
  return planWorkflow({ workflow, ...target }, repositories, `${path}/`, level + 1)
}

function compare(
  kind: string,
  given: string[],
  declared: Record<string, { required?: boolean; default?: unknown } | null>,
) {
  const unknown = given.filter((name) => !(name in declared)).map((name) => `the ${kind} ${name} is not declared there`)
  const missing = Object.entries(declared)
    .filter(([name, entry]) => entry?.required && entry.default === undefined && !given.includes(name))
    .map(([name]) => `the ${kind} ${name} is required`)
  return [...unknown, ...missing]
}

/** A step's segment of the path: its id, or the last segment of `uses`, or `run-N`, N being its place in the list from 1. */
function nameOf(step: Step, index: number): string {
  if (step.id) return step.id
  if (step.uses === undefined) return `run-${index + 1}`
  return (step.uses.split('@')[0] as string).split('/').filter(Boolean).at(-1) as string
}

function uniqueName(name: string, taken: Set<string>): string {
  let unique = name
  for (let count = 2; taken.has(unique); count++) unique = `${name}-${count}`
  taken.add(unique)
  return unique
}

function orderJobs(jobs: Record<string, Job>, file: string): string[] {
  const ordered: string[] = []
  const visit = (id: string, trail: string[]) => {
    if (ordered.includes(id)) return
    if (trail.includes(id))
      throw new UnsupportedWorkflow([`${file}: jobs need each other: ${[...trail, id].join(' → ')}`])
    for (const need of needsOf(jobs[id] as Job)) {
      if (!(need in jobs))
        throw new UnsupportedWorkflow([`${file}: jobs.${id}.needs names ${need}, which is not a job of it`])
      visit(need, [...trail, id])
    }
    ordered.push(id)
  }
  for (const id of Object.keys(jobs)) visit(id, [])
  return ordered
}

export function needsOf(job: Job): string[] {
  return job.needs === undefined ? [] : [job.needs].flat()
}

function ancestorsOf(id: string, jobs: Record<string, Job>): string[] {
  const direct = needsOf(jobs[id] as Job)
  return [...new Set([...direct, ...direct.flatMap((need) => ancestorsOf(need, jobs))])]
}
