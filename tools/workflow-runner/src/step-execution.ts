import type { StepOutcome, StepStage } from './events.ts'
import type { Annotation } from './log.ts'
import type { Frame, JobRun, StepExecution } from './model.ts'
import type { PlannedStep } from './plan.ts'

export function openStepExecution(
  job: JobRun,
  planned: PlannedStep,
  stage: StepStage,
  frame: Frame,
  condition: string,
): StepExecution {
  const { step } = planned
  const github = { ...job.github, action: step.id ?? `__${planned.path.split('/').at(-1)}`, ...frame.github }
  const execution: StepExecution = {
    job,
    planned,
    stage,
    frame,
    condition,
    env: frame.env,
    github,
    scope: () => ({
      contexts: { ...frame.contexts, github: execution.github, env: { ...job.env, ...execution.env } },
      status: frame.status(),
      cancelled: job.cancelled,
      workspace: job.dirs.workspace,
    }),
    abort: new AbortController(),
    killed: false,
    failures: [],
    log: [],
    annotations: [],
    outputs: {},
    summary: '',
  }
  return execution
}

/** Fails the step, saying why. */
export function fail(execution: StepExecution, message: string): 'failure' {
  annotate(execution, 'error', message)
  return 'failure'
}

export function annotate(execution: StepExecution, level: Annotation['level'], message: string): void {
  const masked = execution.job.run.masker.mask(message)
  logLine(execution, `##[${level}]${masked}`)
  addAnnotation(execution, { level, message: masked, properties: {} })
}

export function addAnnotation(execution: StepExecution, annotation: Annotation): void {
  execution.annotations.push(annotation)
  execution.job.run.emit({ type: 'annotation', path: execution.planned.path, stage: execution.stage, annotation })
}

export function logLine(execution: StepExecution, line: string): void {
  execution.log.push(line)
  execution.job.run.emit({ type: 'log', path: execution.planned.path, stage: execution.stage, line })
}

/** Stores and emits the result of a stage. */
export function report(execution: StepExecution, outcome: StepOutcome, conclusion: StepOutcome, ms: number): void {
  const { job, planned, stage, outputs, end, log, summary, annotations } = execution
  const result = {
    path: planned.path,
    stage,
    outcome,
    conclusion,
    outputs,
    ...(end ? { end } : {}),
    ms: Math.round(ms),
    log: log.join('\n'),
    summary,
    annotations,
  }
  job.results.push(result)
  job.run.emit({ type: 'step-end', result })
}
