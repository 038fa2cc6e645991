import { Failure, Interrupted } from '@belay/action-kit'
import {
  type GateRules,
  type GateTarget,
  httpTarget,
  type ResponseExpectation,
  runGate,
  type VersionSource,
} from '@belay/probe'
import { warnIfRefused } from './api-client.ts'
import type { Deploy, DeployContent, RenderEvent, Service } from './api-objects.ts'
import type { Deadline, DeployContext } from './context.ts'
import type { RenderInputs } from './inputs.ts'
import { instanceFailedSince } from './reason.ts'

/** What a service is asked from outside. */
export interface HealthCheck {
  readonly url: URL
  readonly expectation: ResponseExpectation
}

/** How a question becomes something that can be probed; schedules on a virtual clock bring one of their own. */
export type ProbeTargetFactory = (healthCheck: HealthCheck) => GateTarget

export const httpProbeTarget: ProbeTargetFactory = ({ url, expectation }) => httpTarget(url, expectation)

/**
 * What shows that the new release is the one that runs: it reported its `version`; it gave an `answer` that an old
 * instance could give as well; or nothing but the status of its deploy at `render`.
 */
export type VerifiedBy = 'version' | 'answer' | 'render'

const healthyStatuses = [{ from: 200, to: 299 }]
/** Without a path that is known to be healthy: whatever a service says to `/` that is no fault of its own. */
const answeringStatuses = [{ from: 200, to: 499 }]
const anyVersion: VersionSource = { text: 'sha', path: ['sha'] }

/**
 * What to ask a service that is to serve the commit `sha` (undefined: not known). What the workflow names must report
 * that commit, so that an old instance that still answers does not pass. Without that, what is public is asked all the
 * same: Render's own health path and a static site's first page must answer well, any other web service must answer.
 */
export function healthChecksFor(
  requestedName: string,
  service: Service,
  { checks, versionFrom }: Pick<RenderInputs, 'checks' | 'versionFrom'>,
  sha: string | undefined,
): HealthCheck[] {
  const own = checks.filter((check) => check.service === undefined || check.service === requestedName)
  const version = versionFrom ? sha : undefined
  if (own.length > 0)
    return own.map(({ endpoint }) => ({
      url: endpointUrl(service, endpoint),
      expectation: { statuses: healthyStatuses, version, versionFrom: versionFrom ?? anyVersion },
    }))
  if (!isPublic(service)) return []
  const path = service.serviceDetails?.healthCheckPath
  const statuses = path || service.type === 'static_site' ? healthyStatuses : answeringStatuses
  return [
    { url: endpointUrl(service, path || '/'), expectation: { statuses, version: undefined, versionFrom: anyVersion } },
  ]
}

function isPublic({ type, serviceDetails }: Service): boolean {
  return (type === 'web_service' || type === 'static_site') && /^https?:\/\//.test(serviceDetails?.url ?? '')
}

function endpointUrl(service: Service, place: string): URL {
  if (/^https?:\/\//.test(place)) return new URL(place)
  if (isPublic(service)) return new URL(place, service.serviceDetails?.url ?? '')
  throw new Failure(
    'check-impossible',
    `checks: ${service.name} has no address that a runner could ask (it is a ${service.type}).`,
    'leave it out, or give a whole URL; without one the status of its deploy has to do.',
  )
}

const gateRules: GateRules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 }

/**
 * Waits until a service answers well, with the commit that was brought to it, else the release's. Where its answer names
 * no commit, Render's events must not say that an instance failed since the deploy went live: what answers may be the
 * instance before it. Returns, and says, what all that shows.
 * @param requestedName its name or id as the inputs have it
 * @param live the deploy that brought it
 * @throws Failure `check-failed`
 */
export async function verifyReleased(
  context: DeployContext,
  requestedName: string,
  service: Service,
  content: DeployContent | undefined,
  live: Deploy,
): Promise<VerifiedBy> {
  const { client, inputs, step, dependencies } = context
  const sha = content && 'commit' in content ? content.commit : context.sha
  const healthChecks = healthChecksFor(requestedName, service, inputs, sha)
  await awaitHealthy(healthChecks, service.name, client.deadline, dependencies.probeTarget)
  const verification = verificationOf(healthChecks)
  if (verification !== 'version') await assertNoFailedInstance(context, service, live)
  step.info(`${service.name}: ${describeVerification(verification, healthChecks, live, sha)}`)
  return verification
}

function verificationOf(healthChecks: readonly HealthCheck[]): VerifiedBy {
  if (healthChecks.some(({ expectation }) => expectation.version !== undefined)) return 'version'
  return healthChecks.length > 0 ? 'answer' : 'render'
}

function describeVerification(
  verifiedBy: VerifiedBy,
  [healthCheck]: readonly HealthCheck[],
  { id }: Deploy,
  sha: string | undefined,
): string {
  const word = `that the new release runs is Render's word (${id} is live)`
  if (verifiedBy === 'version') return `it reports the commit ${sha?.slice(0, 12)}`
  if (verifiedBy === 'render') return `it has no address to ask; ${word}`
  return `it answers at ${healthCheck?.url.origin}${healthCheck?.url.pathname}, and does not say its version: ${word}`
}

/** Waits until every question is answered well. @throws Failure `check-failed` */
async function awaitHealthy(
  healthChecks: readonly HealthCheck[],
  name: string,
  deadline: Deadline,
  probeTarget: ProbeTargetFactory,
): Promise<void> {
  if (healthChecks.length === 0) return
  const report = await runHealthGate(healthChecks, deadline, probeTarget, gateRules)
  if (report.verdict === 'pass') return
  throw unhealthy(
    `${name} is live at Render and not well: ${report.reason}`,
    'read what it logged; if it does not report its commit, say where with version-from, or version-from: none.',
  )
}

/** @throws Failure `check-failed` where an instance failed since the deploy went live */
async function assertNoFailedInstance({ client, step }: DeployContext, service: Service, live: Deploy): Promise<void> {
  let events: readonly RenderEvent[] = []
  const ask = client.events(service.id, live.createdAt).then((found) => {
    events = found
  })
  await warnIfRefused(ask, (text) => step.warn(text), `${service.name}: its events could not be read`)
  const why = instanceFailedSince(events, live.finishedAt ?? live.createdAt)
  if (why === undefined) return
  throw unhealthy(
    `${service.name} is live at Render and not well: an instance failed after it went live${why && `, for ${why}`}`,
    `read what it logged at ${service.dashboardUrl ?? 'Render'}.`,
  )
}

function unhealthy(message: string, remedy: string): Failure {
  return new Failure('check-failed', message, remedy)
}

/** One quick look. */
export async function isHealthy(
  healthChecks: readonly HealthCheck[],
  deadline: Deadline,
  probeTarget: ProbeTargetFactory,
): Promise<boolean> {
  if (healthChecks.length === 0) return true
  return (
    (await runHealthGate(healthChecks, deadline, probeTarget, { ...gateRules, successes: 1, deadlineMs: 10_000 }))
      .verdict === 'pass'
  )
}

async function runHealthGate(
  healthChecks: readonly HealthCheck[],
  deadline: Deadline,
  probeTarget: ProbeTargetFactory,
  wanted: GateRules,
) {
  const { clock, signal, until } = deadline
  const deadlineMs = Math.max(1, Math.min(wanted.deadlineMs, until - clock.now()))
  return runGate(healthChecks.map(probeTarget), { ...wanted, deadlineMs }, signal, {}, clock).catch(
    (error: unknown) => {
      throw signal.aborted ? new Interrupted() : error
    },
  )
}
