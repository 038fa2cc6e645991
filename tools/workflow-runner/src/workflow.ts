import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { parse } from 'yaml'
import { problemOf, type Value } from './expressions.ts'
import { type Checker, CONTEXTS, createChecker, SHELLS } from './supported-syntax.ts'
import { UnsupportedWorkflow } from './unsupported-workflow.ts'

type Scalars = Record<string, Value>

export interface Step {
  id?: string
  name?: string
  if?: string | boolean
  uses?: string
  run?: string
  with?: Scalars
  env?: Scalars
  shell?: string
  'working-directory'?: string
  'continue-on-error'?: boolean | string
  'timeout-minutes'?: number | string
}

export interface Defaults {
  run?: { shell?: string; 'working-directory'?: string }
}

/** `matrix`: a map of lists with `include` and `exclude`, or an expression for any part of it. */
export interface Strategy {
  matrix?: Value
  'fail-fast'?: boolean | string
  'max-parallel'?: number | string
}

export interface Job {
  name?: string
  needs?: string | string[]
  if?: string | boolean
  strategy?: Strategy
  'runs-on'?: unknown
  environment?: Value
  permissions?: Value
  concurrency?: Value
  outputs?: Scalars
  env?: Scalars
  defaults?: Defaults
  'timeout-minutes'?: number | string
  steps?: Step[]
  uses?: string
  with?: Scalars
  secrets?: Scalars | 'inherit'
}

export interface WorkflowInput {
  required?: boolean
  default?: Value
  type?: string
  options?: string[]
}

export interface Trigger {
  inputs?: Record<string, WorkflowInput | null>
  secrets?: Record<string, { required?: boolean } | null>
  outputs?: Record<string, { value: string }>
}

/** A workflow as its file says it; a job in memory needs only what it uses (no `on`, no `runs-on`). */
export interface Workflow {
  name?: string
  on?: unknown
  env?: Scalars
  defaults?: Defaults
  permissions?: Value
  concurrency?: Value
  jobs: Record<string, Job>
}

/** Reads a workflow file. Throws a {@link UnsupportedWorkflow} for what GitHub would not accept and for what is beyond the subset. */
export async function readWorkflowFile(path: string): Promise<Workflow> {
  const content = readText(path)
  const errors = await grammarErrors(path, content)
  if (errors.length > 0) throw new UnsupportedWorkflow(errors)
  return checkWorkflow(parse(content), path)
}

/** Checks a workflow against the subset and returns it. `file` names it in messages. */
export function checkWorkflow(workflow: Workflow, file: string): Workflow {
  const check = createChecker(file)
  if (check.keys('workflow', workflow, '')) {
    checkTriggers(check, workflow)
    checkDefaults(check, workflow.defaults, 'defaults')
    check.map(workflow.env, 'env')
    for (const [id, job] of check.map(workflow.jobs, 'jobs')) checkJob(check, job as Job, `jobs.${id}`)
    checkExpressions(check, workflow, '', CONTEXTS.workflow)
  }
  if (check.problems.length > 0) throw new UnsupportedWorkflow(check.problems)
  return workflow
}

/** The `on.<name>` of a workflow, `{}` where it stands without settings, nothing where it is not there. */
export function triggerOf(workflow: Workflow, name: string): Trigger | undefined {
  const on = workflow.on
  if (on === name || (Array.isArray(on) && on.includes(name))) return {}
  if (typeof on !== 'object' || on === null || !(name in on)) return undefined
  return (on as Record<string, Trigger | null>)[name] ?? {}
}

/** Checks one list of steps, of a job or of a composite. */
export function checkSteps(check: Checker, steps: unknown, at: string): void {
  if (!Array.isArray(steps)) {
    check.problem(at, 'must be a list of steps.')
    return
  }
  steps.forEach((step: Step, index) => {
    const path = `${at}[${index}]`
    const place = step?.run === undefined ? 'step with uses' : 'step with run'
    if (!check.keys(place, step, path)) return
    check.map(step.with, `${path}.with`)
    check.map(step.env, `${path}.env`)
    if (step.run === undefined && step.uses === undefined) check.problem(path, 'needs `uses` or `run`.')
    checkShell(check, step.shell, `${path}.shell`)
  })
}

/** Checks every expression of a part of a file. `if` and `post-if` are expressions as a whole. */
export function checkExpressions(check: Checker, value: unknown, at: string, contexts: readonly string[]): void {
  if (typeof value === 'string') {
    const problem = problemOf(value, isCondition(at), [...contexts])
    if (problem) check.problem(at, `is not an expression that the rehearsal supports: ${problem}`)
  } else if (Array.isArray(value)) {
    value.forEach((entry, index) => {
      checkExpressions(check, entry, `${at}[${index}]`, contexts)
    })
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      checkExpressions(check, entry, at === '' ? key : `${at}.${key}`, contexts)
    }
  }
}

/** Whether a key of the syntax (not a name of the user's, below `with` or `env`) holds a condition. */
function isCondition(at: string): boolean {
  return /(^|\.)(if|post-if)$/.test(at) && !/\.(with|env)\.[^.]*$/.test(at)
}

function checkJob(check: Checker, job: Job, at: string): void {
  const call = typeof job?.uses === 'string'
  if (!check.keys(call ? 'job that calls a workflow' : 'job with steps', job, at)) return
  if (job.strategy !== undefined) check.keys('strategy', job.strategy, `${at}.strategy`)
  check.map(job.env, `${at}.env`)
  check.map(job.with, `${at}.with`)
  check.map(job.outputs, `${at}.outputs`)
  checkDefaults(check, job.defaults, `${at}.defaults`)
  if (call && job.secrets !== 'inherit') check.map(job.secrets, `${at}.secrets`)
  if (!call) checkSteps(check, job.steps, `${at}.steps`)
}

function checkTriggers(check: Checker, workflow: Workflow): void {
  for (const name of ['workflow_call', 'workflow_dispatch'] as const) {
    const trigger = triggerOf(workflow, name)
    if (!trigger || !check.keys(`trigger ${name}`, trigger, `on.${name}`)) continue
    const parts = { inputs: 'workflow input', secrets: 'workflow secret', outputs: 'workflow output' } as const
    for (const [part, place] of Object.entries(parts) as [keyof typeof parts, (typeof parts)[keyof typeof parts]][]) {
      for (const [key, entry] of check.map(trigger[part], `on.${name}.${part}`)) {
        check.keys(place, entry ?? {}, `on.${name}.${part}.${key}`)
      }
    }
  }
}

function checkDefaults(check: Checker, defaults: Defaults | undefined, at: string): void {
  if (defaults === undefined || !check.keys('defaults', defaults, at) || defaults.run === undefined) return
  if (check.keys('defaults of run', defaults.run, `${at}.run`)) checkShell(check, defaults.run.shell, `${at}.run.shell`)
}

function checkShell(check: Checker, shell: string | undefined, at: string): void {
  if (shell !== undefined && !(SHELLS as readonly string[]).includes(shell)) {
    check.problem(at, `'${shell}' is not supported. The rehearsal supports: ${SHELLS.join(', ')}.`)
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UnsupportedWorkflow([`${path}: cannot be read: ${(error as Error).message}`])
  }
}

/** Errors by GitHub's own parser, each with file, line and column. */
async function grammarErrors(path: string, content: string): Promise<string[]> {
  const { parseWorkflow, NoOperationTraceWriter } = await importParser()
  const { context } = parseWorkflow({ name: path, content }, new NoOperationTraceWriter())
  return context.errors.getErrors().map((error) => error.message)
}

/** The parser imports its JSON schema without the attribute that Node asks for; the hook adds it. */
async function importParser() {
  const hooks = registerHooks({
    load: (url, context, nextLoad) =>
      nextLoad(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  })
  try {
    return await import('@actions/workflow-parser')
  } finally {
    hooks.deregister()
  }
}
