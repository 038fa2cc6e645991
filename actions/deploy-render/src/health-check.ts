import { Failure, Interrupted } from '@belay/action-kit'
import { type GateRules, runGate } from '@belay/probe'
import { warnIfRefused } from './api-client.ts'
import type { Deploy, DeployContent, RenderEvent, Service } from './api-objects.ts'
import type { DeployContext } from './context.ts'
import type { Deadline } from './deadline.ts'
import { type HealthCheck, healthChecksFor, type ProbeTargetFactory } from './health-check-plan.ts'
import { instanceFailedSince } from './reason.ts'

/**
 * The evidence that the new release runs. `version`: it reported its version. `answer`: it answered, but an old instance
 * could give the same answer. `render`: only the status of its deploy at Render.
 */
export type VerifiedBy = 'version' | 'answer' | 'render'

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
