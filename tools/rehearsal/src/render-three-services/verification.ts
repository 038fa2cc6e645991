import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkflowRunResult } from '@belay/workflow-runner'
import { slackLines } from '../slack-text.ts'
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

/** Inspects every service from outside until it serves what was promised and no deploy runs. */
export async function verify(lab: Lab, expectation: Expectation, before: Mark): Promise<Verification> {
  const started = performance.now()
  for (;;) {
    const seen = await inspect(lab)
    const problems = [
      ...services
        .filter((name) => seen[name] !== expectation.serving[name].sha)
        .map(
          (name) =>
            `${name} must serve ${expectation.serving[name].name}, but ${seen[name] ? `answers ${seen[name]}` : 'has no healthy answer'}`,
        ),
      ...placesOf(lab)
        .filter(({ running }) => running)
        .map(({ spec }) => `a deploy of ${spec.name} still runs`),
    ]
    if (problems.length === 0 || (performance.now() - started) / 1000 > patience)
      return { seen, problems: [...problems, ...reportingProblems(lab, expectation, before)] }
    await sleep(300)
  }
}

async function inspect({ render }: Lab): Promise<Verification['seen']> {
  const seen = await Promise.all(services.map((name) => render.serves(name)))
  return Object.fromEntries(services.map((name, index) => [name, seen[index] ?? ''])) as Verification['seen']
}

/** Where GitHub and Slack are not as promised, and which services were deployed twice. */
function reportingProblems(lab: Lab, { promised }: Expectation, before: Mark): string[] {
  const asked = askedOf(lab)
  const twice = services.filter((name) => (asked[name] ?? 0) - (before.asked[name] ?? 0) > 1)
  const messages = lab.slack.messages().length - before.messages
  const problems = twice.map((name) => `${name} was deployed twice by one run`)
  if (messages > 1) problems.push(`Slack must have one message of the run, not ${messages}`)
  if (!promised) return problems
  if (messages !== 1) problems.push(`Slack must have one message of the run, not ${messages}`)
  const text = slackLines(lab.slack).join('\n')
  const words =
    promised.job === 'lost' ? ['was lost', ...before.live] : [saysResult[promised.result] ?? promised.result]
  for (const word of words.filter((one) => !text.includes(one))) problems.push(`Slack's message must contain "${word}"`)
  const state = lab.github.deployments()[0]?.statuses[0]?.state
  const wanted = promised.job === 'lost' ? 'error' : states[promised.result]
  if (state !== wanted) problems.push(`GitHub's deployment must end as ${wanted}, not ${state}`)
  return problems
}

const saysResult: Readonly<Record<string, string>> = { 'rolled-back': 'rolled back' }
const states: Readonly<Record<string, string>> = {
  committed: 'success',
  noop: 'success',
  'rolled-back': 'failure',
  mixed: 'error',
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
