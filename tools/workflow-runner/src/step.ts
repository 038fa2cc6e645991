import type { Manifest } from './action.ts'
import { runComposite } from './composite.ts'
import type { StepOutcome, StepStage } from './events.ts'
import { evaluateAll, condition as holds, interpolate, resolve } from './expressions.ts'
import { runNode, runScript, runStandIn } from './handlers.ts'
import { readActionInputs } from './inputs.ts'
import type { Frame, JobRun, Visit } from './model.ts'
import { hasPost, type PlannedStep, planNested } from './plan.ts'
import { loadFromWorkspace } from './resolve.ts'
import { fail, openVisit, report } from './step-execution.ts'

/** Runs one stage of a step, if its condition holds, and reports it. Returns what it means for those around it. */
export async function runStep(
  job: JobRun,
  planned: PlannedStep,
  stage: StepStage,
  frame: Frame,
  condition: string,
): Promise<StepOutcome> {
  const started = performance.now()
  const visit = openVisit(job, planned, stage, frame, condition)
  const outcome = await attempt(visit)
  const conclusion = outcome === 'failure' && continuesOnError(visit) ? 'success' : outcome
  // Outputs of a post are dropped: it has no name in the `steps` context (ExecutionContext.cs).
  const { id } = planned.step
  if (stage === 'main' && id) frame.steps[id] = { outputs: visit.outputs, outcome, conclusion }
  report(visit, outcome, conclusion, performance.now() - started)
  return conclusion
}

async function attempt(visit: Visit): Promise<StepOutcome> {
  const { job, planned, stage, frame } = visit
  const { path, step } = planned
  try {
    visit.env = { ...frame.env, ...evaluateAll(step.env ?? {}, visit.scope()) }
    if (!holds(visit.condition, visit.scope())) return 'skipped'
  } catch (error) {
    return fail(visit, (error as Error).message)
  }
  job.active.push(visit)
  const clock = startClock(visit)
  try {
    job.run.emit({ type: 'step-start', path, stage, name: displayName(visit) })
    const outcome = await perform(visit).catch((error: Error) => fail(visit, error.message))
    const broken = !job.over && job.run.faults.atEnd(path, stage) && outcome === 'success'
    return settle(visit, broken ? fail(visit, 'Broken on purpose, after the work ended well.') : outcome)
  } finally {
    clearTimeout(clock)
    job.active.pop()
  }
}

/** The outcome of a stage: how it ended, unless something else has decided before. */
function settle(visit: Visit, outcome: StepOutcome): StepOutcome {
  const { job, abort } = visit
  if (job.lost) return 'lost'
  if (visit.killed) {
    visit.end = { code: null, signal: 'SIGKILL' }
    return fail(visit, 'Process was killed (kill -9).')
  }
  if (abort.signal.aborted && abort.signal.reason === 'timeout') return fail(visit, 'The step has timed out.')
  // A cancelled step is cancelled even where its process ended with 0 (ProcessInvoker.cs).
  if (abort.signal.aborted) return visit.planned.nested.length > 0 ? outcome : 'cancelled'
  for (const message of visit.failures) fail(visit, message)
  return visit.failures.length > 0 ? 'failure' : outcome
}

async function perform(visit: Visit): Promise<StepOutcome> {
  const { job, planned, stage } = visit
  const { action, step, path } = planned
  if (!action) return runScript(visit, step.run as string)
  if (action.kind === 'stand-in') return runStandIn(visit, action.name)
  const loaded = action.kind === 'workspace' ? loadFromWorkspace(action.path, job.dirs.workspace) : action
  const nested =
    action.kind === 'workspace' ? planNested(loaded, path, planned.origin, job.run.repositories) : planned.nested
  visit.planned = { ...planned, action: loaded, nested }
  // Before its inputs are read: post comes also when main fails at once.
  if (stage === 'main' && hasPost(visit.planned)) registerPost(visit, planned, loaded.manifest)
  visit.github = {
    ...visit.github,
    action_repository: loaded.origin?.repository ?? '',
    action_ref: loaded.origin?.ref ?? '',
  }
  const inputs = readActionInputs(visit, loaded.manifest)
  if (loaded.manifest.runs.using === 'composite') return runComposite(visit, loaded, inputs, runStep)
  return runNode(visit, loaded, inputs)
}

function registerPost(visit: Visit, planned: PlannedStep, manifest: Manifest): void {
  const { job, frame } = visit
  const { runs } = manifest
  const condition = (runs.using === 'node24' ? runs['post-if'] : undefined) ?? 'always()'
  if (frame.steps === job.steps) job.posts.push({ planned, condition })
  else job.nestedPosts.set(planned.path, condition)
}

/** The step's minutes, again in full for its post; a step of a composite shares those of the step around it. */
function startClock(visit: Visit): NodeJS.Timeout | undefined {
  const { job, frame } = visit
  const minutes = minutesOf(visit)
  const deadline = minutes > 0 ? performance.now() + minutes * job.run.timing.minute : frame.deadline
  if (deadline === undefined) return undefined
  visit.deadline = deadline
  return setTimeout(() => visit.abort.abort('timeout'), Math.max(0, deadline - performance.now()))
}

/** None where they cannot be read, which is said but does not fail the step (StepsRunner.cs). */
function minutesOf(visit: Visit): number {
  try {
    return Number(resolve(visit.planned.step['timeout-minutes'] ?? 0, visit.scope()))
  } catch (error) {
    fail(visit, `An error occurred when attempting to determine the step timeout. ${(error as Error).message}`)
    return 0
  }
}

function continuesOnError(visit: Visit): boolean {
  try {
    const value = resolve(visit.planned.step['continue-on-error'] ?? false, visit.scope())
    return value === true || value === 'true'
  } catch (error) {
    fail(visit, (error as Error).message)
    return false
  }
}

function displayName(visit: Visit): string {
  const { step } = visit.planned
  const name = step.name ?? `Run ${step.uses ?? (step.run ?? '').trim().split('\n')[0]}`
  try {
    return `${visit.stage === 'post' ? 'Post ' : ''}${visit.job.run.masker.mask(interpolate(name, visit.scope()))}`
  } catch {
    return name
  }
}
