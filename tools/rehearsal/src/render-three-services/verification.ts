import { setTimeout as sleep } from 'node:timers/promises'
import type { PlayResult } from '@belay/workflow-runner'
import { slackLines } from '../slack-text.ts'
import type { Expectation } from './expectation.ts'
import type { Stage } from './lab.ts'
import { type ServiceName, services } from './services.ts'

/** What was there before a run, to tell what came of it. */
export interface Mark {
  readonly messages: number
  /** Deploys that Belay asked for, by service. */
  readonly asked: Readonly<Record<string, number>>
  /** The deploys that were live. */
  readonly live: readonly string[]
}

export interface Proof {
  /** The commit that each service answers with; empty where it does not answer well. */
  readonly seen: Readonly<Record<ServiceName, string>>
  readonly problems: readonly string[]
}

/** What goes on at Render without a runner may take this long, in seconds. */
const patience = 40

export function mark(stage: Stage): Mark {
  const places = placesOf(stage)
  return {
    messages: stage.slack.messages().length,
    asked: askedOf(stage),
    live: places.flatMap((place) => place.deploys.filter(({ status }) => status === 'live').map(({ id }) => id)),
  }
}

/** Asks every service from outside what it serves, until that is what was promised and nothing is under way. */
export async function prove(stage: Stage, expectation: Expectation, before: Mark): Promise<Proof> {
  const started = performance.now()
  for (;;) {
    const seen = await look(stage)
    const problems = [
      ...services
        .filter((name) => seen[name] !== expectation.serving[name].sha)
        .map(
          (name) => `${name} must serve ${expectation.serving[name].name}, but answers ${seen[name] || 'nothing well'}`,
        ),
      ...placesOf(stage)
        .filter(({ running }) => running)
        .map(({ spec }) => `a deploy of ${spec.name} is still under way`),
    ]
    if (problems.length === 0 || (performance.now() - started) / 1000 > patience)
      return { seen, problems: [...problems, ...toldProblems(stage, expectation, before)] }
    await sleep(300)
  }
}

async function look({ render }: Stage): Promise<Proof['seen']> {
  const seen = await Promise.all(services.map((name) => render.serves(name)))
  return Object.fromEntries(services.map((name, index) => [name, seen[index] ?? ''])) as Proof['seen']
}

/** What GitHub and Slack were told, and that nothing was deployed twice. */
function toldProblems(stage: Stage, { promised }: Expectation, before: Mark): string[] {
  const asked = askedOf(stage)
  const twice = services.filter((name) => (asked[name] ?? 0) - (before.asked[name] ?? 0) > 1)
  const messages = stage.slack.messages().length - before.messages
  const problems = twice.map((name) => `${name} was deployed twice by one run`)
  if (messages > 1) problems.push(`Slack must have one message of the run, not ${messages}`)
  if (!promised) return problems
  if (messages !== 1) problems.push(`Slack must have one message of the run, not ${messages}`)
  const text = slackLines(stage.slack).join('\n')
  const words =
    promised.job === 'lost' ? ['was lost', ...before.live] : [saysResult[promised.result] ?? promised.result]
  for (const word of words.filter((one) => !text.includes(one))) problems.push(`Slack's message must say "${word}"`)
  const state = stage.github.deployments()[0]?.statuses[0]?.state
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

/** What of the run's own end is not as promised. */
export function endProblems({ conclusion: expected, result }: Expectation, { conclusion, jobs }: PlayResult): string[] {
  // Where a fault strikes before the first step of Belay, nothing has said anything, which is `unchanged` as well.
  const said = jobs.release?.outputs.result || 'unchanged'
  return [
    ...(conclusion === expected ? [] : [`the run must end as ${expected}, not ${conclusion}`]),
    ...(expected === 'lost' || said === result ? [] : [`the result must be ${result ?? 'empty'}, not ${said}`]),
  ]
}

function placesOf({ render }: Stage) {
  return [...render.simulation.account.services.values()]
}

function askedOf(stage: Stage): Record<string, number> {
  return Object.fromEntries(
    placesOf(stage).map(({ spec, deploys }) => [spec.name, deploys.filter(({ trigger }) => trigger === 'api').length]),
  )
}
