import { type Result, results, worstResult } from '@belay/release-model'
import type { JobResult, WorkflowRunResult } from '@belay/workflow-runner'
import type { Expectation, ExpectedUnit } from '../expect/expectation.ts'
import type { Schema } from '../expect/schema.ts'
import { endsBy } from '../fault.ts'
import type { Run } from '../scenario.ts'
import { failureText } from './failure-text.ts'

type Jobs = Pick<WorkflowRunResult, 'conclusion' | 'jobs'>

/** How a run must end, by what was injected. */
export function wantedConclusion({ fault, externalFailure, scenario }: Run): WorkflowRunResult['conclusion'] {
  if (fault) return endsBy[fault.kind]
  return externalFailure ? (scenario.conclusionOf?.(externalFailure) ?? 'failure') : 'success'
}

/** What a run must do besides its promises: end as what was injected, and release where nothing was. Pure. */
export function goalProblems(
  run: Run,
  { units }: Pick<Expectation, 'units'>,
  ended: Jobs,
  applied: Schema = [],
): string[] {
  if (isTolerated(run, ended)) return []
  const wanted = wantedConclusion(run)
  const { conclusion } = ended
  if (conclusion !== wanted)
    return [wanted === 'success' ? failureText(ended) : `the run must end as ${wanted}, not ${conclusion}`]
  return [
    ...new Set(units.flatMap(({ unit }) => jobGoal(run, unit, ended.jobs[unit.job], applied))),
    ...(run.fault || wanted !== 'success' ? [] : unreleased(units)),
  ]
}

/** The step of the fault, or one around it, has `continue-on-error`: then how the run ends does not follow from the fault. */
function isTolerated({ fault }: Run, { jobs }: Jobs): boolean {
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  return steps.some(
    ({ path, stage, outcome, conclusion }) =>
      stage === 'main' && outcome !== conclusion && `${fault?.step}/`.startsWith(`${path}/`),
  )
}

function unreleased(units: readonly ExpectedUnit[]): string[] {
  return units
    .filter(({ rows }) => rows.length === 0)
    .map(
      ({ unit }) => `your workflow ended well, but did not release ${unit.service}: ${unit.steps.deploy} did not run`,
    )
}

/** A job that begins and meets no fault must end well, and one with a fault as the fault says. */
function jobGoal({ fault }: Run, unit: ExpectedUnit['unit'], job: JobResult | undefined, applied: Schema): string[] {
  if (!fault || !job || job.steps.length === 0) return []
  const isIn = fault.step.startsWith(`${unit.job}/`)
  const lacks = unit.needs !== undefined && !applied.includes(unit.needs.replace(/\.sql$/, ''))
  const wanted = isIn ? endsBy[fault.kind] : 'success'
  if (job.conclusion === wanted || (!isIn && lacks)) return []
  return [`${unit.job} must end as ${wanted}, not ${job.conclusion}${isIn ? '' : ': no fault was injected into it'}`]
}

/** Where jobs did not report a result that is promised. The services of one job share its result. Pure. */
export function resultProblems({ units }: Pick<Expectation, 'units'>, { jobs }: Pick<Jobs, 'jobs'>): string[] {
  return [...Map.groupBy(units, ({ unit }) => unit.job)].flatMap(([path, some]) => {
    const allowed = promisedResults(some)
    const said = resultOf(jobs[path])
    return said === undefined || allowed.includes(said)
      ? []
      : [`the result of ${path} must be ${allowed.join(' or ')}, not ${said}`]
  })
}

/** The results that a job may have: for each way in which its services may have ended, the worst. Pure. */
export function promisedResults(units: readonly Pick<ExpectedUnit, 'rows'>[]): Result[] {
  const reached = units.filter(({ rows }) => rows.length > 0)
  const none: Result[][] = [[]]
  const ways = reached.reduce(
    (all, { rows }) => all.flatMap((way) => rows.map(({ result }) => [...way, result as Result])),
    none,
  )
  return [...new Set(ways.map((way) => (way.length > 0 ? worstResult(way) : 'unchanged')))]
}

/**
 * The result that a job declares as an output, else its `BELAY_RESULT`. A fault before the first Belay step leaves none,
 * which means `unchanged`; undefined: a lost runner says nothing.
 */
export function resultOf(job: JobResult | undefined): Result | undefined {
  const isResult = (value: string): value is Result => results.some((one) => one === value)
  const declared = Object.values(job?.outputs ?? {}).find(isResult)
  if (job?.conclusion === 'lost') return declared
  return declared ?? ((job?.env.BELAY_RESULT || 'unchanged') as Result)
}

/** The same as people read it. */
export function resultText(job: JobResult | undefined): string {
  return resultOf(job) ?? 'unknown'
}
