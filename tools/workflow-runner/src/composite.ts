import type { StepOutcome } from './events.ts'
import { resolve, toText } from './expressions.ts'
import type { Frame, RunStep, StepExecution } from './model.ts'
import type { PlannedStep } from './plan.ts'
import type { LoadedAction } from './resolve.ts'

/**
 * Runs a composite's steps; at post, the posts of those whose main began, last first, within the composite's one post.
 * In main a nested step that fails makes success() false for its later siblings without touching `job.status`; at post
 * all see the job's true status, which a failing one changes only after the whole (CompositeActionHandler.cs).
 */
export async function runComposite(
  execution: StepExecution,
  action: LoadedAction,
  inputs: Record<string, string>,
  runStep: RunStep,
): Promise<StepOutcome> {
  const { job, planned, stage } = execution
  let result: 'success' | 'failure' | 'cancelled' = 'success'
  const steps = stage === 'post' ? (job.nestedSteps.get(planned.path) ?? {}) : {}
  job.nestedSteps.set(planned.path, steps)
  const frame: Frame = {
    contexts: {
      inputs,
      steps,
      strategy: job.given.strategy,
      matrix: job.given.matrix,
      job: job.job,
      runner: job.runner,
    },
    env: execution.env,
    steps,
    status: () => (stage === 'main' ? result : job.job.status),
    github: { action: execution.github.action, action_path: action.folder },
    defaults: {},
    ...(execution.deadline === undefined ? {} : { deadline: execution.deadline }),
  }
  for (const nested of stepsOf(execution)) {
    const conclusion = await runStep(job, nested.planned, stage, frame, nested.condition)
    if (job.over) return 'failure'
    if (conclusion === 'cancelled' || (conclusion === 'failure' && result === 'success')) result = conclusion
  }
  if (stage === 'main') setOutputs(execution, action, frame)
  return result
}

function stepsOf({ job, planned, stage }: StepExecution): { planned: PlannedStep; condition: string }[] {
  if (stage === 'main') return planned.nested.map((each) => ({ planned: each, condition: String(each.step.if ?? '') }))
  const registered = planned.nested.filter(({ path }) => job.nestedPosts.has(path)).toReversed()
  return registered.map((each) => ({ planned: each, condition: job.nestedPosts.get(each.path) as string }))
}

function setOutputs(execution: StepExecution, action: LoadedAction, frame: Frame): void {
  const scope = execution.scope()
  const contexts = { ...frame.contexts, github: execution.github, env: scope.contexts.env }
  for (const [name, output] of Object.entries(action.manifest.outputs ?? {})) {
    execution.outputs[name] = toText(resolve(output?.value ?? '', { ...scope, contexts }))
  }
}
