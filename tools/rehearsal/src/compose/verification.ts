import type { WorkflowRunResult } from '@belay/workflow-runner'
import { expectedFor, schemaProblems } from '../schema.ts'
import { slackLines } from '../slack-text.ts'
import { verifyUntil } from '../verify.ts'
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
  /** Those of the problems that are on the server. */
  readonly serverProblems: readonly string[]
  /** What is not as promised; empty if all is. */
  readonly problems: readonly string[]
  /** Seconds until all was as promised, or until the wait ended. */
  readonly seconds: number
}

/** The floating tags. */
const floating = ['1', 'latest'] as const

export async function lookBefore(lab: Lab, environment: Environment): Promise<Before> {
  return {
    messages: lab.slack.messages().length,
    neighbours: await lab.server(environment).neighbours(),
    tags: await tagsOf(lab),
  }
}

/** How to verify a run. */
export interface Verifying {
  readonly before: Before
  readonly expectations: readonly Expectation[]
  /** How long a server may take that restores itself, in seconds. */
  readonly laterSeconds: number
  readonly onWait: (seconds: number) => void
  /** Adds the problems that are neither on the server nor in the registry to those that are. */
  readonly andMore: (problems: readonly string[]) => Promise<readonly string[]>
}

/** Inspects server, registry and Slack until all is as promised. */
export function verify(lab: Lab, environment: Environment, verifying: Verifying): Promise<Verification> {
  const { before, expectations, laterSeconds, onWait, andMore } = verifying
  const server = lab.server(environment)
  return verifyUntil(
    async () => {
      const [seen, tags, neighbours] = await Promise.all([lookAt(server), tagsOf(lab), server.neighbours()])
      const expected = expectedFor(expectations, seen.schema)
      const digest = expected.version && (await lab.digest(`sha-${expected.version.sha}`))
      const onServer = serverProblems(seen, expected, digest)
      const problems = await andMore([
        ...schemaProblems(expectations, seen.schema),
        ...onServer,
        ...tagProblems(tags, before, expected, digest),
        ...Object.entries(before.neighbours)
          .filter(([name, id]) => neighbours[name] !== id)
          .map(([name]) => `the container of ${name} must not change, but is a new one`),
        ...announcementProblems(lab, before, expected),
        ...(expected.tagsNamed ? unnamedTags(lab, before) : []),
      ])
      return { seen, tags, serverProblems: onServer, problems }
    },
    expectations.some(({ later }) => later) ? laterSeconds : undefined,
    (_, seconds) => onWait(seconds),
  )
}

/** Where the server is not as expected. `digest`: of the image that must serve. Pure. */
export function serverProblems(seen: Seen, expected: Expectation, digest: string | undefined): string[] {
  return [
    ...(seen.routed.length === 1 ? [] : [`nginx must route to one slot, not "${seen.routed.join(' ')}"`]),
    ...seen.locked.map((base) => `the lock below ${base} is still held`),
    ...seen.open.map((name) => `a change is still neither confirmed nor undone: ${name}`),
    ...seen.logins.map((path) => `a registry login was left in ${path}`),
    ...(seen.databaseLocks === 0 ? [] : ['the database still holds an advisory lock']),
    ...seen.invalidIndexes.map((name) => `the index ${name} is not valid`),
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

/** A run that changes something, or fails, must be announced. */
function announcementProblems({ slack }: Lab, before: Before, { announcesRun }: Expectation): string[] {
  const isAnnounced = slack.messages().length > before.messages
  return announcesRun && !isAnnounced ? ['Slack must have a message of the run, but has none'] : []
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
