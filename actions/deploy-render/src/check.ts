import { Failure, Interrupted } from '@belay/action-kit'
import { type Expectation, httpTarget, type Rules, runGate, type Target, type VersionSource } from '@belay/probe'
import type { RenderInputs } from './inputs.ts'
import type { Content, Service } from './objects.ts'
import type { Bounds, Work } from './work.ts'

/** What a service is asked from outside: nothing where there is nothing that could be asked. */
export interface Question {
  readonly url: URL
  readonly expected: Expectation
}

/** How a question becomes something that can be probed; schedules on a virtual clock bring one of their own. */
export type TargetOf = (question: Question) => Target

export const overHttp: TargetOf = ({ url, expected }) => httpTarget(url, expected)

const well = [{ from: 200, to: 299 }]
const anyVersion: VersionSource = { text: 'sha', path: ['sha'] }

/**
 * What to ask a service that is to serve the commit `sha`. What the workflow names must report that commit, so that an old instance that still
 * answers does not pass; else Render's own health path, or a static site's first page, must answer well.
 */
export function questionsOf(
  asked: string,
  service: Service,
  { checks, versionFrom }: Pick<RenderInputs, 'checks' | 'versionFrom'>,
  sha: string,
): Question[] {
  const own = checks.filter((check) => check.service === undefined || check.service === asked)
  const version = versionFrom ? sha : undefined
  if (own.length > 0)
    return own.map(({ place }) => ({
      url: placeOf(service, place),
      expected: { statuses: well, version, versionFrom: versionFrom ?? anyVersion },
    }))
  const path = service.type === 'static_site' ? '/' : service.serviceDetails?.healthCheckPath
  if (!path || !isPublic(service)) return []
  return [{ url: placeOf(service, path), expected: { statuses: well, version: undefined, versionFrom: anyVersion } }]
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

const rules: Rules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 }

/**
 * Waits until a service answers well, with the commit that was brought to it, else the release's.
 * @param asked its name or id as the inputs have it
 * @throws Failure `check-failed`
 */
export async function checkReleased(
  { client, inputs, world }: Work,
  asked: string,
  service: Service,
  content: Content | undefined,
): Promise<void> {
  const sha = content && 'commit' in content ? content.commit : inputs.release.sha
  await check(questionsOf(asked, service, inputs, sha), service.name, client.bounds, world.targetOf)
}

/** Waits until every question is answered well. @throws Failure `check-failed` */
async function check(questions: readonly Question[], name: string, bounds: Bounds, targetOf: TargetOf): Promise<void> {
  if (questions.length === 0) return
  const report = await gate(questions, bounds, targetOf, rules)
  if (report.verdict === 'pass') return
  throw new Failure(
    'check-failed',
    `${name} is live at Render and not well: ${report.reason}`,
    'read what it logged; if it does not report its commit, say where with version-from, or version-from: none.',
  )
}

/** One quick look. */
export async function isWell(questions: readonly Question[], bounds: Bounds, targetOf: TargetOf): Promise<boolean> {
  if (questions.length === 0) return true
  return (await gate(questions, bounds, targetOf, { ...rules, successes: 1, deadlineMs: 10_000 })).verdict === 'pass'
}

async function gate(questions: readonly Question[], bounds: Bounds, targetOf: TargetOf, wanted: Rules) {
  const { clock, signal, until } = bounds
  const deadlineMs = Math.max(1, Math.min(wanted.deadlineMs, until - clock.now()))
  return runGate(questions.map(targetOf), { ...wanted, deadlineMs }, signal, {}, clock).catch((error: unknown) => {
    throw signal.aborted ? new Interrupted() : error
  })
}
