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

/** One request to a service from outside, and the answer it must give. */
export interface HealthCheck {
  readonly url: URL
  readonly expectation: ResponseExpectation
}

/** Turns a health check into a target of the gate; schedules with a virtual clock give their own. */
export type ProbeTargetFactory = (healthCheck: HealthCheck) => GateTarget

export const httpProbeTarget: ProbeTargetFactory = ({ url, expectation }) => httpTarget(url, expectation)

/**
 * The evidence that the new release runs. `version`: it reported its version. `answer`: it answered, but an old instance
 * could give the same answer. `render`: only the status of its deploy at Render.
 */
export type VerifiedBy = 'version' | 'answer' | 'render'

const healthyStatuses = [{ from: 200, to: 299 }]
/** For `/` without a known health path: every answer that is not a server error. */
const answeringStatuses = [{ from: 200, to: 499 }]
const anyVersion: VersionSource = { text: 'sha', path: ['sha'] }

/**
 * The health checks of a service that should serve the commit `sha` (undefined: not known). Endpoints from `checks` must
 * report that commit, so that an old instance that still answers does not pass. Without `checks` a public service is
 * checked as well: Render's health path and a static site's first page must answer 2xx, any other web service must answer.
 * @throws Failure `check-impossible`
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

function endpointUrl(service: Service, endpoint: string): URL {
  if (/^https?:\/\//.test(endpoint)) return new URL(endpoint)
  if (isPublic(service)) return new URL(endpoint, service.serviceDetails?.url ?? '')
  throw new Failure(
    'check-impossible',
    `checks: ${service.name} has no public address that the runner can reach (it is a ${service.type}).`,
    'remove the check, or give a full URL. Without a check Belay uses only the status of the deploy.',
  )
}

const gateRules: GateRules = { successes: 3, intervalMs: 2000, timeoutMs: 5000, deadlineMs: 120_000 }

/**
 * Waits until a service is healthy and reports the commit of its deploy, or else of the release. If its answer names no
 * commit, the answer may come from the previous instance: then Render's events must show no failed instance since the
 * deploy went live. Logs and returns the evidence.
 * @param requestedName its name or id as in the inputs
 * @param live the deploy that is checked
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
  const statusOnly = `only Render's status shows that the new release runs (${id} is live)`
  if (verifiedBy === 'version') return `it reports the commit ${sha?.slice(0, 12)}`
  if (verifiedBy === 'render') return `it has no address to check; ${statusOnly}`
  return `it answers at ${healthCheck?.url.origin}${healthCheck?.url.pathname} but does not report its version; ${statusOnly}`
}

/** Waits until every health check passes. @throws Failure `check-failed` */
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
    `${name} is live at Render but not healthy: ${report.reason}`,
    'read its log. If it reports its commit elsewhere or not at all, set version-from to that place, or to none.',
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
    `${service.name} is live at Render but not healthy: an instance failed after it went live${why && ` (${why})`}`,
    `read its log at ${service.dashboardUrl ?? 'Render'}.`,
  )
}

function unhealthy(message: string, remedy: string): Failure {
  return new Failure('check-failed', message, remedy)
}

/** A single quick check, for at most 10 s. */
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
