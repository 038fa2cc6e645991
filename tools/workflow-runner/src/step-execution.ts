import type { StepOutcome, StepStage } from './events.ts'
import type { Annotation } from './log.ts'
import type { Frame, JobRun, Visit } from './model.ts'
import type { PlannedStep } from './plan.ts'

export function openVisit(job: JobRun, planned: PlannedStep, stage: StepStage, frame: Frame, condition: string): Visit {
  const { step } = planned
  const github = { ...job.github, action: step.id ?? `__${planned.path.split('/').at(-1)}`, ...frame.github }
  const visit: Visit = {
    job,
    planned,
    stage,
    frame,
    condition,
    env: frame.env,
    github,
    scope: () => ({
      contexts: { ...frame.contexts, github: visit.github, env: { ...job.env, ...visit.env } },
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
  return visit
}

/** Fails the step, saying why. */
export function fail(visit: Visit, message: string): 'failure' {
  annotate(visit, 'error', message)
  return 'failure'
}

export function annotate(visit: Visit, level: Annotation['level'], message: string): void {
  const masked = visit.job.run.masker.mask(message)
  logLine(visit, `##[${level}]${masked}`)
  addAnnotation(visit, { level, message: masked, properties: {} })
}

export function addAnnotation(visit: Visit, annotation: Annotation): void {
  visit.annotations.push(annotation)
  visit.job.run.emit({ type: 'annotation', path: visit.planned.path, stage: visit.stage, annotation })
}

export function logLine(visit: Visit, line: string): void {
  visit.log.push(line)
  visit.job.run.emit({ type: 'log', path: visit.planned.path, stage: visit.stage, line })
}

/** Stores and emits the result of a stage. */
export function report(visit: Visit, outcome: StepOutcome, conclusion: StepOutcome, ms: number): void {
  const { job, planned, stage, outputs, end, log, summary, annotations } = visit
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
