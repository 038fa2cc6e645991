import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkflowRunResult } from '@belay/workflow-runner'
import { expectedFor, schemaProblems } from '../schema.ts'
import { slackLines } from '../slack-text.ts'
import type { Expectation } from './expectation.ts'
import { lookAt, type Seen } from './inspect.ts'
import type { Lab } from './lab.ts'
import { type Environment, shop } from './shop.ts'

/** The state before a run, for the comparison afterwards. */
export interface Before {
  readonly messages: number
  readonly neighbours: Readonly<Record<string, string>>
  /** The digest of each tag that others pull by. */
  readonly tags: Readonly<Record<string, string | undefined>>
}

export interface Verification {
  readonly seen: Seen
  readonly tags: Readonly<Record<string, string | undefined>>
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
  /** Seconds until all was as promised, or until the wait ended. */
  readonly seconds: number
}

/** The floating tags. */
const floating = ['1', 'latest'] as const

/** In seconds. A lock is released a moment after the last reply. */
const lockSeconds = 5

export async function lookBefore(lab: Lab, environment: Environment): Promise<Before> {
  return {
    messages: lab.slack.messages().length,
    neighbours: await lab.server(environment).neighbours(),
    tags: await tagsOf(lab),
  }
}

/** Inspects server, registry and Slack until all is as promised; for `laterSeconds` if that may take long. */
export async function verify(
  lab: Lab,
  environment: Environment,
  before: Before,
  expectations: readonly Expectation[],
  laterSeconds: number,
  onWait: (seconds: number) => void,
): Promise<Verification> {
  const started = performance.now()
  const server = lab.server(environment)
  // On a busy machine one inspection may take longer than that: a problem must be found twice.
  for (let inspections = 1; ; inspections += 1) {
    const [seen, tags, neighbours] = await Promise.all([lookAt(server), tagsOf(lab), server.neighbours()])
    const expected = expectedFor(expectations, seen.schema)
    const digest = expected.version && (await lab.digest(`sha-${expected.version.sha}`))
    const problems = [
      ...schemaProblems(expectations, seen.schema),
      ...serverProblems(seen, expected, digest),
      ...tagProblems(tags, before, expected, digest),
      ...Object.entries(before.neighbours)
        .filter(([name, id]) => neighbours[name] !== id)
        .map(([name]) => `the container of ${name} must not change, but is a new one`),
      ...slackProblems(lab, environment, before, expected),
      ...(expected.tagsNamed ? unnamedTags(lab, before) : []),
    ]
    const seconds = (performance.now() - started) / 1000
    const patience = expected.later ? laterSeconds : lockSeconds
    if (problems.length === 0 || (inspections > 1 && seconds >= patience)) return { seen, tags, problems, seconds }
    onWait(seconds)
    await sleep(200)
  }
}

/** Where the server is not as expected. `digest`: of the image that must serve. Pure. */
export function serverProblems(seen: Seen, expected: Expectation, digest: string | undefined): string[] {
  return [
    ...(seen.routed.length === 1 ? [] : [`nginx must route to one slot, not "${seen.routed.join(' ')}"`]),
    ...seen.locked.map((base) => `the lock below ${base} is still held`),
    ...seen.open.map((name) => `a change is still neither confirmed nor undone: ${name}`),
    ...seen.logins.map((path) => `a registry login was left in ${path}`),
    ...(seen.databaseLocks === 0 ? [] : ['the database still holds an advisory lock']),
    ...(expected.version ? servingProblems(seen, expected, digest) : emptyProblems(seen)),
  ]
}

function emptyProblems({ slots }: Seen): string[] {
  return slots
    .filter(({ sha }) => sha !== undefined)
    .map(({ port, sha }) => `slot ${port} must not answer, but answers ${sha}`)
}

function servingProblems(seen: Seen, { version, idleStopped }: Expectation, digest: string | undefined): string[] {
  const [routed] = seen.routed
  const active = seen.slots.find(({ port }) => port === routed)
  const is = (what: string, sha: string | undefined) =>
    sha === version?.sha ? [] : [`${what} must be ${version?.sha}, but ${sha ? `is ${sha}` : 'nothing answers'}`]
  return [
    ...is('what users get', seen.served),
    ...is(`slot ${routed}, which has the traffic,`, active?.sha),
    ...(digest && active?.image.endsWith(`@${digest}`)
      ? []
      : [`the line of slot ${routed} in .env must be the image ${digest}, but is "${active?.image}"`]),
    ...(active?.role === 'active'
      ? []
      : [`slot ${routed} has the traffic, but its state file says ${active?.role ?? 'nothing'}`]),
    ...seen.slots
      .filter(({ port }) => port !== routed)
      .flatMap(({ port, sha, role }) => [
        ...(role === 'active' ? [`slot ${port} has no traffic, but its state file says active`] : []),
        ...(idleStopped && sha !== undefined ? [`slot ${port} must be stopped, but answers ${sha}`] : []),
      ]),
  ]
}

function tagProblems(
  tags: Verification['tags'],
  before: Before,
  expected: Expectation,
  digest: string | undefined,
): string[] {
  if (expected.tags === 'unknown') return []
  return (
    floating
      .map((tag) => ({ tag, is: tags[tag], wanted: expected.tags === 'moved' ? digest : before.tags[tag] }))
      // A tag that did not exist before stays: no registry can delete only a tag.
      .filter(({ is, wanted }) => is !== wanted && !(expected.tags === 'as before' && wanted === undefined))
      .map(
        ({ tag, is, wanted }) =>
          `the tag ${tag} must point to ${wanted ?? 'nothing'}, but points to ${is ?? 'nothing'}`,
      )
  )
}

/** The tags that existed before and whose restoring command is not in Slack's message. */
function unnamedTags({ slack, registry }: Lab, before: Before): string[] {
  const text = slackLines(slack).join('\n')
  const image = `${registry.address}/${shop.image}`
  return Object.entries(before.tags)
    .filter(([tag, digest]) => digest && !text.includes(`create --tag ${image}:${tag} ${image}@${digest}`))
    .map(([tag]) => `Slack's message must have the command that restores the tag ${tag}, but does not`)
}

/** Slack must have one message, and neither Slack nor GitHub may still show a running release. */
function slackProblems({ slack, github }: Lab, environment: Environment, before: Before, expected: Expectation) {
  const messages = slack.messages().slice(before.messages)
  // QA has no aftercare job, which would finish the message of a lost runner.
  const heard = (environment === 'production' && !expected.messageUnowned) || expected.conclusion !== 'lost'
  const running = messages.filter(({ text }) => text.startsWith('⏳') && heard)
  const open = github()
    .deployments()
    .filter(({ statuses }) => ['pending', 'queued', 'in_progress'].includes(statuses[0]?.state ?? 'pending'))
  return [
    ...(messages.length > 1 ? [`Slack must have one message of the run, not ${messages.length}`] : []),
    ...(expected.announcesRun && messages.length === 0 ? ['Slack must have a message of the run, but has none'] : []),
    ...running.map(({ text }) => `a message in Slack still says that the release runs: ${text.split('\n')[0]}`),
    ...open.map(({ id }) => `the deployment ${id} on GitHub has no final status`),
  ]
}

/** Where the run's conclusion and result are not as promised. */
export function runProblems(
  expected: Expectation,
  seen: Seen,
  before: readonly string[],
  runResult: WorkflowRunResult,
): string[] {
  const { conclusion, jobs } = runResult
  const wanted = expected.promised?.result ?? 'unchanged'
  // A lost runner has no outputs: for a reader that is `unknown`.
  // With a fault before the first Belay step there is no result, which also means `unchanged`.
  const said = jobs.release?.outputs.result || (conclusion === 'lost' ? wanted : 'unchanged')
  const log = jobs.release?.steps.map((step) => step.log).join('\n') ?? ''
  const stays = /schema of \S+: (?:stays|mixed)\..*/.exec(log)?.[0] ?? ''
  const added = seen.schema.filter((name) => !before.some((one) => one.startsWith(name.replace(/\.sql$/, ''))))
  return [
    ...(conclusion === expected.conclusion ? [] : [`the run must end as ${expected.conclusion}, not ${conclusion}`]),
    ...(said === wanted ? [] : [`the job's result must be ${wanted}, not ${said}`]),
    ...(expected.named ? added : [])
      .filter((name) => !stays.includes(name.replace(/\.sql$/, '')))
      .map((name) => `the job must name ${name}, which is not undone, but says "${stays}"`),
  ]
}

async function tagsOf(lab: Lab): Promise<Record<string, string | undefined>> {
  return Object.fromEntries(await Promise.all(floating.map(async (tag) => [tag, await lab.digest(tag)] as const)))
}
