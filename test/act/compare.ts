import type { StepResult, WorkflowRunResult } from '@belay/workflow-runner'

/** Something of a run that both runners report, and not alike. undefined: there was none. */
export interface Difference {
  /** `run`, `job release`, `result of release`, `release/api/deploy-ssh main`, `order of posts in release`, `serves`. */
  readonly of: string
  readonly own: string | undefined
  readonly act: string | undefined
}

type Compared = Pick<WorkflowRunResult, 'conclusion' | 'jobs'>

/**
 * Where a run under act was not like the run of the same workflow under our own runner: conclusions, results, every stage
 * of every step, and the order in which they ended. Skipped steps do not count: act does not report them.
 */
export function differencesOf(own: Compared, act: Compared): Difference[] {
  const jobs = [...new Set([...jobsWithSteps(own), ...jobsWithSteps(act)])]
  return [
    { of: 'run', own: own.conclusion, act: act.conclusion },
    ...jobs.flatMap((job) => [
      { of: `job ${job}`, own: conclusionOf(own, job), act: conclusionOf(act, job) },
      { of: `result of ${job}`, own: own.jobs[job]?.env.BELAY_RESULT, act: act.jobs[job]?.env.BELAY_RESULT },
      ...stepsOf(own.jobs[job]?.steps ?? [], act.jobs[job]?.steps ?? []),
      ...(['main', 'post'] as const).map((stage) => ({
        of: `order of ${stage}s in ${job}`,
        ...orders(own.jobs[job]?.steps ?? [], act.jobs[job]?.steps ?? [], stage),
      })),
    ]),
  ].filter((one) => one.own !== one.act)
}

/** Steps of both that ran, in the order in which they ended. */
function orders(own: readonly StepResult[], act: readonly StepResult[], stage: string): { own: string; act: string } {
  const pathsOf = (steps: readonly StepResult[]) =>
    steps.filter((step) => step.stage === stage && step.outcome !== 'skipped').map(({ path }) => path)
  const shared = (paths: string[], other: string[]) => paths.filter((path) => other.includes(path)).join(' ')
  const [mine, its] = [pathsOf(own), pathsOf(act)]
  return { own: shared(mine, its), act: shared(its, mine) }
}

function stepsOf(own: readonly StepResult[], act: readonly StepResult[]): Difference[] {
  const [mine, its] = [outcomesOf(own), outcomesOf(act)]
  return [...new Set([...mine.keys(), ...its.keys()])].map((of) => ({ of, own: mine.get(of), act: its.get(of) }))
}

function outcomesOf(steps: readonly StepResult[]): Map<string, string> {
  const ran = steps.filter(({ outcome }) => outcome !== 'skipped')
  return new Map(ran.map(({ path, stage, outcome }) => [`${path} ${stage}`, outcome]))
}

function jobsWithSteps({ jobs }: Compared): string[] {
  return Object.entries(jobs).flatMap(([name, { steps }]) =>
    steps.some((step) => step.outcome !== 'skipped') ? [name] : [],
  )
}

function conclusionOf({ jobs }: Compared, job: string): string | undefined {
  const conclusion = jobs[job]?.conclusion
  return conclusion === 'skipped' ? undefined : conclusion
}
