import { type JobState, type JournalStep, resultOf } from '@belay/action-kit'
import { type Move, type Release, type Result, results, versionName, worstResult } from '@belay/release-model'
import { releasesOf, type Told } from './report-input.ts'
import type { Stage } from './stages.ts'

/**
 * How a service or the whole job ended, never better than it is: `partly` is a commit beside a service that was not
 * released, `nothing` a job in which no step of Belay's was to change anything.
 */
export type Ending = 'running' | 'nothing' | 'partly' | Exclude<Result, 'pending'>

export interface ServiceStory {
  readonly name: string
  readonly environment: string
  /** Empty where no release of the service was made. */
  readonly version: string
  /** What an older release replaces, where the job goes back; else empty. */
  readonly from: string
  readonly ending: Ending
  readonly stages: readonly Stage[]
  readonly targets: readonly TargetStory[]
}

/** One host, or whatever else a step changes. */
export interface TargetStory {
  readonly name: string
  readonly result: Result | 'waiting' | 'stays'
  readonly detail: string
}

/** The services of a job, in the order in which their releases began. */
export function servicesOf(told: Told, stages: readonly Stage[]): ServiceStory[] {
  const releases = releasesOf(told)
  const named = [...releases.map(({ service }) => service), ...stages.flatMap(({ service }) => service ?? [])]
  return [...new Set(named)].map((name) => {
    const release = releases.find(({ service }) => service === name)
    const chosen = told.job.chosen.findLast(({ service }) => service === name)?.release
    const steps = told.job.steps.filter((step) => step.mutates && step.service === name)
    return {
      name,
      environment: release?.environment ?? '',
      from: [...new Set(movesOf(steps).flatMap(({ back, from }) => (back ? versionName(from.version) : [])))].join(
        ', ',
      ),
      version: chosen ? versionOf(chosen) : release ? versionOf(release) : '',
      ending: steps.length === 0 && isSuperseded(told.job) ? 'superseded' : serviceEnding(told.status, steps),
      stages: stages.filter(({ service }) => service === name),
      targets: steps.flatMap((step) => targetsOf(step, told)),
    }
  })
}

/** A version that is the sha itself is told as people know it, by its first seven digits. */
function versionOf({ version, sha }: Pick<Release, 'version' | 'sha'>): string {
  const short = sha.slice(0, 7)
  return version === sha || version === '' ? short : `${version} (${short})`
}

function serviceEnding(status: Told['status'], steps: readonly JournalStep[]): Ending {
  if (status === 'running') return 'running'
  if (steps.length === 0) return 'unchanged'
  const result = seen(worstResult(steps.map(resultOf)))
  // A workflow may tolerate a step that failed; what the steps before it reached is then not the whole of it.
  const lacking = steps.at(-1)?.ended?.ok === false
  if (result === 'committed' && lacking) return 'partly'
  return result === 'noop' && lacking ? 'unchanged' : result
}

function targetsOf(step: JournalStep, { status }: Told): TargetStory[] {
  const silent = step.armed.filter(({ name }) => !step.outcomes.some(({ target }) => target === name))
  const targets: TargetStory[] = [
    ...step.outcomes.map(({ target, result, detail, stays }) => ({
      name: target,
      result: stays ? ('stays' as const) : result,
      detail,
    })),
    ...silent.map(({ name }) => ({
      name,
      result: status === 'running' ? ('waiting' as const) : ('unknown' as const),
      detail: status === 'running' ? '' : 'nobody could see what became of it',
    })),
  ]
  return targets
    .map((target) => ({ ...target, name: withoutService(target.name, step.service) }))
    .toSorted((a, b) => results.indexOf(b.result as Result) - results.indexOf(a.result as Result))
}

/** `acme-api on deploy@203.0.113.7` stands below its service already. */
function withoutService(target: string, service: string | undefined): string {
  const prefix = `${service} on `
  return target.startsWith(prefix) ? target.slice(prefix.length) : target
}

/** What changed for users, step by step. */
export function movesOf(steps: readonly JournalStep[]): Move[] {
  return steps.flatMap(({ armed, moved }) => [...armed, ...moved].flatMap(({ move }) => move ?? []))
}

/** A release that was overtaken ends before anything that would change something. */
export function isSuperseded({ steps }: JobState): boolean {
  return steps.some(({ ended }) => ended?.result === 'superseded')
}

/** At the end `pending` would be a promise that nobody keeps. */
export function seen(result: Result): Exclude<Result, 'pending'> {
  return result === 'pending' ? 'unknown' : result
}
