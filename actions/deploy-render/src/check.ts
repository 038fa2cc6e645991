import { Failure, Interrupted } from '@belay/action-kit'
import {
  type GateRules,
  type GateTarget,
  httpTarget,
  type ResponseExpectation,
  runGate,
  type VersionSource,
} from '@belay/probe'
import { unlessRefused } from './client.ts'
import type { RenderInputs } from './inputs.ts'
import type { Content, Deploy, RenderEvent, Service } from './objects.ts'
import { instanceFailedSince } from './reason.ts'
import type { Bounds, Work } from './work.ts'

/** What a service is asked from outside. */
export interface Question {
  readonly url: URL
  readonly expected: ResponseExpectation
}

/** How a question becomes something that can be probed; schedules on a virtual clock bring one of their own. */
export type TargetOf = (question: Question) => GateTarget

export const overHttp: TargetOf = ({ url, expected }) => httpTarget(url, expected)

/**
 * What shows that the new release is the one that runs: it reported its `version`; it gave an `answer` that an old
 * instance could give as well; or nothing but the status of its deploy at `render`.
 */
export type Verified = 'version' | 'answer' | 'render'

const well = [{ from: 200, to: 299 }]
/** Without a path that is known to be healthy: whatever a service says to `/` that is no fault of its own. */
const noFault = [{ from: 200, to: 499 }]
const anyVersion: VersionSource = { text: 'sha', path: ['sha'] }

/**
 * What to ask a service that is to serve the commit `sha` (undefined: not known). What the workflow names must report
 * that commit, so that an old instance that still answers does not pass. Without that, what is public is asked all the
 * same: Render's own health path and a static site's first page must answer well, any other web service must answer.
 */
export function questionsOf(
  asked: string,
  service: Service,
  { checks, versionFrom }: Pick<RenderInputs, 'checks' | 'versionFrom'>,
  sha: string | undefined,
): Question[] {
  const own = checks.filter((check) => check.service === undefined || check.service === asked)
  const version = versionFrom ? sha : undefined
  if (own.length > 0)
    return own.map(({ place }) => ({
      url: placeOf(service, place),
      expected: { statuses: well, version, versionFrom: versionFrom ?? anyVersion },
    }))
  if (!isPublic(service)) return []
  const path = service.serviceDetails?.healthCheckPath
  const statuses = path || service.type === 'static_site' ? well : noFault
  return [{ url: placeOf(service, path || '/'), expected: { statuses, version: undefined, versionFrom: anyVersion } }]
}

function isPublic({ type, serviceDetails }: Service): boolean {
  return (type === 'web_service' || type === 'static_site') && /^https?:\/\//.test(serviceDetails?.url ?? '')
}

function placeOf(service: Service, place: string): URL {
  if (/^https?:\/\//.test(place)) return new URL(place)
  if (isPublic(service)) return new URL(place, service.serviceDetails?.url ?? '')
  throw new Failure(
    'check-impossible',
    `checks: ${service.name} has no address that a runner could ask (it is a ${service.type}).`,
    'leave it out, or give a whole URL; without one the status of its deploy has to do.',
  )
}

const rules: GateRules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 }

/**
 * Waits until a service answers well, with the commit that was brought to it, else the release's. Where its answer names
 * no commit, Render's events must not say that an instance failed since the deploy went live: what answers may be the
 * instance before it. Returns, and says, what all that shows.
 * @param asked its name or id as the inputs have it
 * @param live the deploy that brought it
 * @throws Failure `check-failed`
 */
export async function checkReleased(
  work: Work,
  asked: string,
  service: Service,
  content: Content | undefined,
  live: Deploy,
): Promise<Verified> {
  const { client, inputs, step, world } = work
  const sha = content && 'commit' in content ? content.commit : work.sha
  const questions = questionsOf(asked, service, inputs, sha)
  await check(questions, service.name, client.bounds, world.targetOf)
  const verified = verifiedBy(questions)
  if (verified !== 'version') await checkInstances(work, service, live)
  step.info(`${service.name}: ${shows(verified, questions, live, sha)}`)
  return verified
}

function verifiedBy(questions: readonly Question[]): Verified {
  if (questions.some(({ expected }) => expected.version !== undefined)) return 'version'
  return questions.length > 0 ? 'answer' : 'render'
}

function shows(verified: Verified, [question]: readonly Question[], { id }: Deploy, sha: string | undefined): string {
  const word = `that the new release runs is Render's word (${id} is live)`
  if (verified === 'version') return `it reports the commit ${sha?.slice(0, 12)}`
  if (verified === 'render') return `it has no address to ask; ${word}`
  return `it answers at ${question?.url.origin}${question?.url.pathname}, and does not say its version: ${word}`
}

/** Waits until every question is answered well. @throws Failure `check-failed` */
async function check(questions: readonly Question[], name: string, bounds: Bounds, targetOf: TargetOf): Promise<void> {
  if (questions.length === 0) return
  const report = await gate(questions, bounds, targetOf, rules)
  if (report.verdict === 'pass') return
  throw unwell(
    `${name} is live at Render and not well: ${report.reason}`,
    'read what it logged; if it does not report its commit, say where with version-from, or version-from: none.',
  )
}

/** @throws Failure `check-failed` where an instance failed since the deploy went live */
async function checkInstances({ client, step }: Work, service: Service, live: Deploy): Promise<void> {
  let events: readonly RenderEvent[] = []
  const ask = client.events(service.id, live.createdAt).then((found) => {
    events = found
  })
  await unlessRefused(ask, (text) => step.warn(text), `${service.name}: its events could not be read`)
  const why = instanceFailedSince(events, live.finishedAt ?? live.createdAt)
  if (why === undefined) return
  throw unwell(
    `${service.name} is live at Render and not well: an instance failed after it went live${why && `, for ${why}`}`,
    `read what it logged at ${service.dashboardUrl ?? 'Render'}.`,
  )
}

function unwell(message: string, mend: string): Failure {
  return new Failure('check-failed', message, mend)
}

/** One quick look. */
export async function isWell(questions: readonly Question[], bounds: Bounds, targetOf: TargetOf): Promise<boolean> {
  if (questions.length === 0) return true
  return (await gate(questions, bounds, targetOf, { ...rules, successes: 1, deadlineMs: 10_000 })).verdict === 'pass'
}

async function gate(questions: readonly Question[], bounds: Bounds, targetOf: TargetOf, wanted: GateRules) {
  const { clock, signal, until } = bounds
  const deadlineMs = Math.max(1, Math.min(wanted.deadlineMs, until - clock.now()))
  return runGate(questions.map(targetOf), { ...wanted, deadlineMs }, signal, {}, clock).catch((error: unknown) => {
    throw signal.aborted ? new Interrupted() : error
  })
}
