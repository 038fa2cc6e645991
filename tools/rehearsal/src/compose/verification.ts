import { setTimeout as sleep } from 'node:timers/promises'
import type { PlayResult } from '@belay/workflow-runner'
import { expectedFor, schemaProblems } from '../schema.ts'
import { slackLines } from '../slack-text.ts'
import type { Expectation } from './expectation.ts'
import { lookAt, type Seen } from './inspect.ts'
import type { Stage } from './lab.ts'
import { type Environment, shop } from './shop.ts'

/** What is compared with afterwards. */
export interface Before {
  readonly messages: number
  readonly neighbours: Readonly<Record<string, string>>
  /** The digest of each tag that others pull by. */
  readonly tags: Readonly<Record<string, string | undefined>>
}

export interface Proof {
  readonly seen: Seen
  readonly tags: Readonly<Record<string, string | undefined>>
  /** What is not as promised; empty where all is. */
  readonly problems: readonly string[]
  /** Until all was as promised, or nothing more was waited for. */
  readonly seconds: number
}

/** Tags that move. */
const floating = ['1', 'latest'] as const

/** Locks are given back a moment after the last word. */
const lockSeconds = 5

export async function lookBefore(stage: Stage, environment: Environment): Promise<Before> {
  return {
    messages: stage.slack.messages().length,
    neighbours: await stage.server(environment).neighbours(),
    tags: await tagsOf(stage),
  }
}

/** Asks server, registry and Slack until all is as promised, for `laterSeconds` where that may take long. */
export async function prove(
  stage: Stage,
  environment: Environment,
  before: Before,
  expectations: readonly Expectation[],
  laterSeconds: number,
  onWait: (seconds: number) => void,
): Promise<Proof> {
  const started = performance.now()
  const server = stage.server(environment)
  // One look may take longer than that where the machine is busy: what is wrong must be so twice.
  for (let looked = 1; ; looked += 1) {
    const [seen, tags, neighbours] = await Promise.all([lookAt(server), tagsOf(stage), server.neighbours()])
    const expected = expectedFor(expectations, seen.schema)
    const digest = expected.version && (await stage.digest(`sha-${expected.version.sha}`))
    const problems = [
      ...schemaProblems(expectations, seen.schema),
      ...serverProblems(seen, expected, digest),
      ...tagProblems(tags, before, expected, digest),
      ...Object.entries(before.neighbours)
        .filter(([name, id]) => neighbours[name] !== id)
        .map(([name]) => `${name} must be left alone, but is another container than before`),
      ...slackProblems(stage, environment, before, expected),
      ...(expected.tagsNamed ? unnamedTags(stage, before) : []),
    ]
    const seconds = (performance.now() - started) / 1000
    const patience = expected.later ? laterSeconds : lockSeconds
    if (problems.length === 0 || (looked > 1 && seconds >= patience)) return { seen, tags, problems, seconds }
    onWait(seconds)
    await sleep(200)
  }
}

/** What of the server is not as expected. `digest`: of the image that must serve. Pure. */
export function serverProblems(seen: Seen, expected: Expectation, digest: string | undefined): string[] {
  return [
    ...(seen.routed.length === 1 ? [] : [`nginx must lead to one slot, not "${seen.routed.join(' ')}"`]),
    ...seen.locked.map((base) => `the lock below ${base} is still held`),
    ...seen.open.map((name) => `there is still an open release: ${name}`),
    ...seen.logins.map((path) => `a login at the registry was left in ${path}`),
    ...(seen.databaseLocks === 0 ? [] : ['the database still holds an advisory lock']),
    ...(expected.version ? servingProblems(seen, expected, digest) : emptyProblems(seen)),
  ]
}

function emptyProblems({ slots }: Seen): string[] {
  return slots
    .filter(({ sha }) => sha !== undefined)
    .map(({ port, sha }) => `slot ${port} must not answer, but does: ${sha}`)
}

function servingProblems(seen: Seen, { version, idleStopped }: Expectation, digest: string | undefined): string[] {
  const [routed] = seen.routed
  const active = seen.slots.find(({ port }) => port === routed)
  const is = (what: string, sha: string | undefined) =>
    sha === version?.sha ? [] : [`${what} must be ${version?.sha}, but is ${sha ?? 'nothing that answers'}`]
  return [
    ...is('what users get', seen.served),
    ...is(`slot ${routed}, which has the traffic,`, active?.sha),
    ...(digest && active?.image.endsWith(`@${digest}`)
      ? []
      : [`the line of slot ${routed} in .env must be the image ${digest}, but is "${active?.image}"`]),
    ...(active?.told === 'active' ? [] : [`slot ${routed} has the traffic, but was told ${active?.told}`]),
    ...seen.slots
      .filter(({ port }) => port !== routed)
      .flatMap(({ port, sha, told }) => [
        ...(told === 'active' ? [`slot ${port} has no traffic, but was told that it is active`] : []),
        ...(idleStopped && sha !== undefined ? [`slot ${port} must be stopped, but answers ${sha}`] : []),
      ]),
  ]
}

function tagProblems(tags: Proof['tags'], before: Before, expected: Expectation, digest: string | undefined): string[] {
  if (expected.tags === 'nobody knows') return []
  return (
    floating
      .map((tag) => ({ tag, is: tags[tag], wanted: expected.tags === 'moved' ? digest : before.tags[tag] }))
      // A tag that was not there before stays: no registry takes one away alone.
      .filter(({ is, wanted }) => is !== wanted && !(expected.tags === 'as before' && wanted === undefined))
      .map(({ tag, is, wanted }) => `the tag ${tag} must name ${wanted ?? 'nothing'}, but names ${is ?? 'nothing'}`)
  )
}

/** The tags that were there and whose way back Slack's message does not tell. */
function unnamedTags({ slack, registry }: Stage, before: Before): string[] {
  const told = slackLines(slack).join('\n')
  const image = `${registry.address}/${shop.image}`
  return Object.entries(before.tags)
    .filter(([tag, digest]) => digest && !told.includes(`create --tag ${image}:${tag} ${image}@${digest}`))
    .map(([tag]) => `the tag ${tag} must be named with the command that puts it back, and is not`)
}

/** One message tells it, and nobody is left to think that a release is still under way. */
function slackProblems({ slack, github }: Stage, environment: Environment, before: Before, expected: Expectation) {
  const messages = slack.messages().slice(before.messages)
  // QA has no job that would tell what a lost runner could not.
  const heard = (environment === 'production' && !expected.unheard) || expected.conclusion !== 'lost'
  const running = messages.filter(({ text }) => text.startsWith('⏳') && heard)
  const open = github()
    .deployments()
    .filter(({ statuses }) => ['pending', 'queued', 'in_progress'].includes(statuses[0]?.state ?? 'pending'))
  return [
    ...(messages.length > 1 ? [`one message must tell it, not ${messages.length}`] : []),
    ...(expected.told && messages.length === 0 ? ['a message in Slack must tell it, and none does'] : []),
    ...running.map(({ text }) => `a message in Slack never ended: ${text.split('\n')[0]}`),
    ...open.map(({ id }) => `the deployment ${id} on GitHub never ended`),
  ]
}

/** What of the run's own end is not as promised. */
export function runProblems(
  expected: Expectation,
  seen: Seen,
  before: readonly string[],
  played: PlayResult,
): string[] {
  const { conclusion, jobs } = played
  const wanted = expected.promised?.result ?? 'unchanged'
  // A runner that vanished has no outputs any more: that is how a reader comes to `unknown`.
  // Where a fault strikes before the first step of Belay, nothing has said anything, which is `unchanged` as well.
  const said = jobs.release?.outputs.result || (conclusion === 'lost' ? wanted : 'unchanged')
  const log = jobs.release?.steps.map((step) => step.log).join('\n') ?? ''
  const stays = /schema of \S+: (?:stays|mixed)\..*/.exec(log)?.[0] ?? ''
  const added = seen.schema.filter((name) => !before.some((one) => one.startsWith(name.replace(/\.sql$/, ''))))
  return [
    ...(conclusion === expected.conclusion ? [] : [`the run must end as ${expected.conclusion}, not ${conclusion}`]),
    ...(said === wanted ? [] : [`the job's result must be ${wanted}, not ${said}`]),
    ...(expected.named ? added : [])
      .filter((name) => !stays.includes(name.replace(/\.sql$/, '')))
      .map((name) => `${name} is not taken back and must be named, but the job says "${stays}"`),
  ]
}

async function tagsOf(stage: Stage): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(await Promise.all(floating.map(async (tag) => [tag, await stage.digest(tag)] as const)))
}
