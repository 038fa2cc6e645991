import { Failure, Interrupted } from '@belay/action-kit'
import { type GateRules, runGate } from '@belay/probe'
import { warnIfRefused } from './api-client.ts'
import type { Deploy, DeployContent, RenderEvent, Service } from './api-objects.ts'
import type { DeployContext } from './context.ts'
import type { Bounds } from './deadline.ts'
import {
  type Question as HealthCheck,
  questionsOf as healthChecksFor,
  type TargetOf as ProbeTargetFactory,
} from './question.ts'
import { instanceFailedSince } from './reason.ts'

/**
 * What shows that the new release is the one that runs: it reported its `version`; it gave an `answer` that an old
 * instance could give as well; or nothing but the status of its deploy at `render`.
 */
export type VerifiedBy = 'version' | 'answer' | 'render'

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
  await check(healthChecks, service.name, client.deadline, dependencies.probeTarget)
  const verification = verificationOf(healthChecks)
  if (verification !== 'version') await assertNoFailedInstance(context, service, live)
  step.info(`${service.name}: ${describeVerification(verification, healthChecks, live, sha)}`)
  return verification
}

function verificationOf(healthChecks: readonly HealthCheck[]): VerifiedBy {
  if (healthChecks.some(({ expected: expectation }) => expectation.version !== undefined)) return 'version'
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
async function check(
  questions: readonly HealthCheck[],
  name: string,
  bounds: Bounds,
  targetOf: ProbeTargetFactory,
): Promise<void> {
  if (questions.length === 0) return
  const report = await runHealthGate(questions, bounds, targetOf, gateRules)
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
  deadline: Bounds,
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
  deadline: Bounds,
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
