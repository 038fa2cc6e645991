import { githubContext } from './contexts.ts'
import { evaluateAll, resolve, type Scope, toText, type Value } from './expressions.ts'
import type { Run } from './model.ts'
import { matrixJobsOf, type PlannedJob, type PlannedMatrixJob, type PlannedStep, type PlannedWorkflow } from './plan.ts'
import { triggerOf } from './workflow.ts'

/** A step of a workflow's job, before it runs. Steps of composites are within theirs. */
export interface DerivedStep {
  path: string
  /** The path of its job. */
  job: string
  /** The folder of an action in its repository, such as `actions/release`; absent for `run` and built-in actions. */
  action?: string
  /** As it is written. */
  uses?: string
  run?: string
  /** Its `with`, evaluated. What only a run knows is a placeholder: `<secret:NAME>`, `<needs.JOB.outputs.NAME>`. */
  inputs: Record<string, string>
  /** Its `with` as it is written. */
  written: Record<string, string>
  /** Its `env` as it is written, under that of its job. */
  env: Record<string, string>
  /** The environment of its job; empty if it names none. */
  environment: string
}

/** What a workflow is started or called with. Secrets that are not given are placeholders. */
interface Given {
  inputs: Record<string, Value>
  secrets: Record<string, string> | undefined
}

export function derivedSteps(run: Run, plan: PlannedWorkflow, given: Given): DerivedStep[] {
  return plan.jobs.flatMap((planned) => {
    const scope = scopeOf(run, planned, given, '')
    return matrixJobs(planned, scope).flatMap((job) => jobSteps(run, job, given))
  })
}

/** The jobs of a matrix; the job itself if it has none, or one that only a run knows. */
function matrixJobs(planned: PlannedJob, scope: Scope): (PlannedJob | PlannedMatrixJob)[] {
  const { matrix } = planned.job.strategy ?? {}
  if (matrix === undefined || JSON.stringify(matrix).includes('${{')) return [planned]
  return matrixJobsOf(planned, resolveMatrix(matrix, scope), true)
}

function resolveMatrix(matrix: Value, scope: Scope): Value {
  return typeof matrix === 'string' ? resolve(matrix, scope) : matrix
}

function jobSteps(run: Run, planned: PlannedJob | PlannedMatrixJob, given: Given): DerivedStep[] {
  const { environment = '' } = planned.job
  const name = typeof environment === 'object' ? (environment as { name?: Value } | null)?.name : environment
  const environmentName = toText(resolve(name ?? '', scopeOf(run, planned, given, '')))
  const scope = scopeOf(run, planned, given, environmentName)
  if (planned.call) return derivedSteps(run, planned.call, calledWith(planned, planned.call, given, scope))
  return planned.steps.map((step) => derivedStep(step, planned, environmentName, scope))
}

function derivedStep(
  { path, step, action }: PlannedStep,
  { path: job, job: { env } }: PlannedJob,
  environment: string,
  scope: Scope,
): DerivedStep {
  const loaded = action?.kind === 'loaded' ? action : undefined
  return {
    path,
    job,
    ...(loaded && { action: loaded.folder.slice((loaded.origin?.root.length ?? -1) + 1) }),
    ...(step.uses !== undefined && { uses: step.uses }),
    ...(step.run !== undefined && { run: step.run }),
    inputs: evaluateAll(step.with ?? {}, scope),
    written: texts(step.with ?? {}),
    env: texts({ ...env, ...step.env }),
    environment,
  }
}

function texts(values: Record<string, Value>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, toText(value)]))
}

function calledWith({ job }: PlannedJob, call: PlannedWorkflow, given: Given, scope: Scope): Given {
  const declared = triggerOf(call.workflow, 'workflow_call')?.inputs ?? {}
  const defaults = Object.entries(declared).map(([name, input]) => [name, resolve(input?.default ?? '', scope)])
  const inputs = { ...Object.fromEntries(defaults), ...evaluateAll(job.with ?? {}, scope) }
  const secrets = job.secrets === 'inherit' ? given.secrets : evaluateAll(job.secrets ?? {}, scope)
  return { inputs, secrets }
}

function scopeOf(run: Run, planned: PlannedJob | PlannedMatrixJob, { inputs, secrets }: Given, name: string): Scope {
  const text = JSON.stringify(planned.job)
  const matrix = 'matrix' in planned ? planned.matrix : null
  const named = namesIn(text, /secrets\.([A-Za-z_]\w*)/g).map(([secret = '']) => [secret, `<secret:${secret}>`])
  const environment = run.environments[name] ?? {}
  return {
    contexts: {
      github: githubContext(run.facts, run.workflow),
      vars: { ...run.vars, ...environment.vars },
      secrets: { ...Object.fromEntries(named), ...secrets, ...environment.secrets },
      inputs,
      matrix,
      strategy: {},
      needs: needsIn(text),
      env: {},
      steps: {},
      job: { status: 'success' },
      runner: {},
    },
    status: 'success',
    cancelled: false,
    workspace: run.workDir,
  }
}

/** A placeholder for each output of another job that the text names. */
function needsIn(text: string): Record<string, { result: string; outputs: Record<string, string> }> {
  const needs: ReturnType<typeof needsIn> = {}
  for (const [job = '', output = ''] of namesIn(text, /needs\.([A-Za-z_][\w-]*)\.outputs\.([A-Za-z_][\w-]*)/g)) {
    needs[job] ??= { result: 'success', outputs: {} }
    needs[job].outputs[output] = `<needs.${job}.outputs.${output}>`
  }
  return needs
}

function namesIn(text: string, pattern: RegExp): string[][] {
  return [...text.matchAll(pattern)].map(([, ...names]) => names)
}
