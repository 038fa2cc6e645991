import type { Manifest } from './action.ts'
import { runComposite } from './composite.ts'
import type { StepOutcome, StepStage } from './events.ts'
import { evaluateAll, condition as holds, interpolate, resolve } from './expressions.ts'
import { runBuiltIn, runNode, runScript } from './handlers.ts'
import { readActionInputs } from './inputs.ts'
import type { Frame, JobRun, StepExecution } from './model.ts'
import { hasPost, type PlannedStep, planNested } from './plan.ts'
import { loadFromWorkspace } from './resolve.ts'
import { fail, openStepExecution, report } from './step-execution.ts'

/** Runs one stage of a step, if its condition holds, and reports it. Returns what it means for those around it. */
export async function runStep(
  job: JobRun,
  planned: PlannedStep,
  stage: StepStage,
  frame: Frame,
  condition: string,
): Promise<StepOutcome> {
  const started = performance.now()
  const execution = openStepExecution(job, planned, stage, frame, condition)
  const outcome = await attempt(execution)
  const conclusion = outcome === 'failure' && continuesOnError(execution) ? 'success' : outcome
  // Outputs of a post are dropped: it has no name in the `steps` context (ExecutionContext.cs).
  const { id } = planned.step
  if (stage === 'main' && id) frame.steps[id] = { outputs: execution.outputs, outcome, conclusion }
  report(execution, outcome, conclusion, performance.now() - started)
  return conclusion
}

async function attempt(execution: StepExecution): Promise<StepOutcome> {
  const { job, planned, stage, frame } = execution
  const { path, step } = planned
  try {
    execution.env = { ...frame.env, ...evaluateAll(step.env ?? {}, execution.scope()) }
    if (!holds(execution.condition, execution.scope())) return 'skipped'
  } catch (error) {
    return fail(execution, (error as Error).message)
  }
  job.active.push(execution)
  const clock = startClock(execution)
  try {
    job.run.emit({ type: 'step-start', path, stage, name: displayName(execution) })
    const outcome = await perform(execution).catch((error: Error) => fail(execution, error.message))
    const isAction = execution.planned.action?.kind === 'loaded'
    const broken = !job.over && job.run.faults.atEnd(path, stage, isAction) && outcome === 'success'
    return settle(execution, broken ? fail(execution, 'Broken on purpose, after the work ended well.') : outcome)
  } finally {
    clearTimeout(clock)
    job.active.pop()
  }
}

/** The outcome of a stage: how it ended, unless something else has decided before. */
function settle(execution: StepExecution, outcome: StepOutcome): StepOutcome {
  const { job, abort } = execution
  if (job.lost) return 'lost'
  if (execution.killed) {
    execution.end = { code: null, signal: 'SIGKILL' }
    return fail(execution, 'Process was killed (kill -9).')
  }
  if (abort.signal.aborted && abort.signal.reason === 'timeout') return fail(execution, 'The step has timed out.')
  // A cancelled step is cancelled even where its process ended with 0 (ProcessInvoker.cs).
  if (abort.signal.aborted) return execution.planned.nested.length > 0 ? outcome : 'cancelled'
  for (const message of execution.failures) fail(execution, message)
  return execution.failures.length > 0 ? 'failure' : outcome
}

async function perform(execution: StepExecution): Promise<StepOutcome> {
  const { job, planned, stage } = execution
  const { action, step, path } = planned
  if (!action) return runScript(execution, step.run as string)
  if (action.kind === 'built-in') return runBuiltIn(execution, action.name)
  const loaded = action.kind === 'workspace' ? loadFromWorkspace(action.path, job.dirs.workspace) : action
  const nested =
    action.kind === 'workspace' ? planNested(loaded, path, planned.origin, job.run.repositories) : planned.nested
  execution.planned = { ...planned, action: loaded, nested }
  // Before its inputs are read: post comes also when main fails at once.
  if (stage === 'main' && hasPost(execution.planned)) registerPost(execution, planned, loaded.manifest)
  execution.github = {
    ...execution.github,
    action_repository: loaded.origin?.repository ?? '',
    action_ref: loaded.origin?.ref ?? '',
  }
  const inputs = readActionInputs(execution, loaded.manifest)
  if (loaded.manifest.runs.using === 'composite') return runComposite(execution, loaded, inputs, runStep)
  return runNode(execution, loaded, inputs)
}

function registerPost(execution: StepExecution, planned: PlannedStep, manifest: Manifest): void {
  const { job, frame } = execution
  const { runs } = manifest
  const condition = (runs.using === 'node24' ? runs['post-if'] : undefined) ?? 'always()'
  if (frame.steps === job.steps) job.posts.push({ planned, condition })
  else job.nestedPosts.set(planned.path, condition)
}

/** The step's minutes, again in full for its post; a step of a composite shares those of the step around it. */
function startClock(execution: StepExecution): NodeJS.Timeout | undefined {
  const { job, frame } = execution
  const minutes = minutesOf(execution)
  const deadline = minutes > 0 ? performance.now() + minutes * job.run.timing.minute : frame.deadline
  if (deadline === undefined) return undefined
  execution.deadline = deadline
  return setTimeout(() => execution.abort.abort('timeout'), Math.max(0, deadline - performance.now()))
}

/** None where they cannot be read, which is said but does not fail the step (StepsRunner.cs). */
function minutesOf(execution: StepExecution): number {
  try {
    return Number(resolve(execution.planned.step['timeout-minutes'] ?? 0, execution.scope()))
  } catch (error) {
    fail(execution, `An error occurred when attempting to determine the step timeout. ${(error as Error).message}`)
    return 0
  }
}

function continuesOnError(execution: StepExecution): boolean {
  try {
    const value = resolve(execution.planned.step['continue-on-error'] ?? false, execution.scope())
    return value === true || value === 'true'
  } catch (error) {
    fail(execution, (error as Error).message)
    return false
  }
}

function displayName(execution: StepExecution): string {
  const { step } = execution.planned
  const name = step.name ?? `Run ${step.uses ?? (step.run ?? '').trim().split('\n')[0]}`
  try {
    return `${execution.stage === 'post' ? 'Post ' : ''}${execution.job.run.masker.mask(interpolate(name, execution.scope()))}`
  } catch {
    return name
  }
}
