import type { WorkflowRunResult } from '@belay/workflow-runner'
import type { Target } from '../observe/served.ts'
import { slackLines } from '../slack-text.ts'
import { verifyUntil } from '../verify.ts'
import type { Expectation } from './expectation.ts'
import type { Lab } from './lab.ts'
import { type ServiceName, services } from './services.ts'

/** The state before a run, for the comparison afterwards. */
export interface Mark {
  readonly messages: number
  /** The number of deploys that Belay triggered, by service. */
  readonly asked: Readonly<Record<string, number>>
  /** The deploys that were live. */
  readonly live: readonly string[]
}

export interface Verification {
  /** The commit that each service reports; empty if it has no healthy answer. */
  readonly seen: Readonly<Record<ServiceName, string>>
  readonly problems: readonly string[]
}

/** In seconds: how long Render may go on without a runner. */
const patience = 40

export function mark(lab: Lab): Mark {
  const places = placesOf(lab)
  return {
    messages: lab.slack.messages().length,
    asked: askedOf(lab),
    live: places.flatMap((place) => place.deploys.filter(({ status }) => status === 'live').map(({ id }) => id)),
  }
}

/**
 * Inspects every service from outside until it serves what was promised and no deploy runs. `andMore` adds the problems
 * that are not on Render to those that are.
 */
export function verify(
  lab: Lab,
  expectation: Expectation,
  before: Mark,
  andMore: (problems: readonly string[]) => Promise<readonly string[]>,
): Promise<Verification> {
  return verifyUntil(async () => {
    const seen = await inspect(lab)
    const wrong = services.flatMap((name) => servingProblems(seen, expectation, name))
    const running = placesOf(lab).filter((place) => place.running)
    const problems = await andMore([
      ...wrong,
      ...running.map(({ spec }) => `a deploy of ${spec.name} still runs`),
      ...deployProblems(lab, before),
      ...announcementProblems(lab, expectation, before),
    ])
    return { seen, problems }
  }, patience)
}

/** Every service is in one place. */
export function targetsOf({ render }: Lab): Target[] {
  return services.map((service) => ({
    service,
    place: '',
    ask: async () => (await render.serves(service)) || undefined,
  }))
}

/** Where a service does not serve what was promised. */
export function servingProblems(seen: Verification['seen'], { serving }: Expectation, name: ServiceName): string[] {
  if (seen[name] === serving[name].sha) return []
  return [
    `${name} must serve ${serving[name].name}, but ${seen[name] ? `answers ${seen[name]}` : 'has no healthy answer'}`,
  ]
}

async function inspect({ render }: Lab): Promise<Verification['seen']> {
  const seen = await Promise.all(services.map((name) => render.serves(name)))
  return Object.fromEntries(services.map((name, index) => [name, seen[index] ?? ''])) as Verification['seen']
}

/** A service is deployed once by a run, however often Render's answer was lost. */
function deployProblems(lab: Lab, before: Mark): string[] {
  const asked = askedOf(lab)
  const twice = services.filter((name) => (asked[name] ?? 0) - (before.asked[name] ?? 0) > 1)
  return twice.map((name) => `${name} was deployed twice by one run`)
}

/** A run that reaches Render is announced; if its runner is lost, aftercare names what was live. */
function announcementProblems(lab: Lab, { promised }: Expectation, before: Mark): string[] {
  if (!promised) return []
  if (lab.slack.messages().length === before.messages) return ['Slack must have a message of the run, but has none']
  const text = slackLines(lab.slack).join('\n')
  const words = promised.job === 'lost' ? ['was lost', ...before.live] : []
  return words.filter((word) => !text.includes(word)).map((word) => `Slack's message must contain "${word}"`)
}

/** Where the run's conclusion and result are not as promised. */
export function endProblems(
  { conclusion: expected, result }: Expectation,
  { conclusion, jobs }: WorkflowRunResult,
): string[] {
  // With a fault before the first Belay step there is no result, which also means `unchanged`.
  const said = jobs.release?.outputs.result || 'unchanged'
  return [
    ...(conclusion === expected ? [] : [`the run must end as ${expected}, not ${conclusion}`]),
    ...(expected === 'lost' || said === result ? [] : [`the result must be ${result ?? 'empty'}, not ${said}`]),
  ]
}

function placesOf({ render }: Lab) {
  return [...render.simulation.account.services.values()]
}

function askedOf(lab: Lab): Record<string, number> {
  return Object.fromEntries(
    placesOf(lab).map(({ spec, deploys }) => [spec.name, deploys.filter(({ trigger }) => trigger === 'api').length]),
  )
}
