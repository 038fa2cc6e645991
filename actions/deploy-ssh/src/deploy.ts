import { Failure, type MainOutcome, plainMarkdown, withinDeadline } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import type { HostFacts } from '@belay/host'
import { assertArmedOnce, type FleetHost, onAllHosts, openFleet, releaseLocks, withLease } from '@belay/host/fleet'
import { migrationList } from '@belay/host/limits'
import type { Release } from '@belay/release-model'
import { recheckAdmission } from './admission.ts'
import { announce, type DeployContext, preflight, stepFolder } from './context.ts'
import type { DeployInputs } from './inputs.ts'
import { lockFleet, observeHost } from './lock.ts'
import { type ObservedHost, planRelease, type ReleaseStage, type SlotStage } from './plan.ts'
import { hear, openProxies } from './proxies.ts'
import { pullFleet } from './pull.ts'
import { fleetOf, type ReleaseContent } from './release.ts'
import { imageSource, openSource, type Source } from './source.ts'
import { confirmRelease, switchFleet } from './switch.ts'
import { cargoOf, prepareOn, type Transfer, transferTo } from './transfer.ts'
import type { DeployStep } from './undo.ts'
import { targetName } from './undo.ts'

/** `command: deploy`: uploads to all hosts before it switches any. */
export async function deploy(inputs: DeployInputs, step: DeployStep): Promise<MainOutcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  step.output('sha', release.sha)
  assertReleasedOnce(inputs, step)
  const compose = inputs.restart.kind === 'compose'
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    step.record({ event: 'phase', phase: 'connect' })
    const [source, [connections, proxies]] = await awaitBoth(
      compose ? imageSource(inputs.image) : openSource(inputs.source, stepFolder(step), signal),
      awaitBoth(
        openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal),
        openProxies(inputs, step, signal),
      ),
    )
    const content = { ...releaseContentOf(release), manifest: source.manifest, schema: builtMigrations(inputs, step) }
    const context = { step, inputs, fleet: fleetOf(connections, inputs, release.id), proxies, content, signal }
    const fleetFacts = await preflight(context, source)
    return inputs.dryRun ? dryRun(context, fleetFacts) : releaseFleet(context, source)
  })
}

/** Waits for both, also where one fails: a connection that is being opened keeps a key on the disk until it is open. */
async function awaitBoth<A, B>(one: A | Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

/** Prints what would be done, by an inspection without the lock. */
async function dryRun(context: DeployContext, fleetFacts: readonly HostFacts[]): Promise<MainOutcome> {
  const { inputs, content, fleet, step } = context
  const heard = await hear(context)
  const observed = await onAllHosts(
    fleet.map((host, index) => ({ host, facts: fleetFacts[index] as HostFacts })),
    ({ host, facts }) => {
      const { manifest = '', sha = '' } = facts.releases.findLast(({ id }) => id === facts.committed) ?? {}
      const committed = { committed: facts.committed, version: facts.version, sha, manifest }
      const slot = 'port' in facts.idle ? facts.idle.port : ''
      return observeHost(context, host, { ...committed, live: facts.live, slot, recovered: undefined }, heard)
    },
  )
  const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0, inputs.image !== '')
  announce(context, plan, observed)
  if (!plan.noop)
    step.info(
      `It would ${plan.stages.join(', ')}, and wait ${inputs.confirmTimeout} s for the end of the job. Nothing was changed.`,
    )
  return { result: 'unchanged' }
}

/** From the lock to the armed fleet. */
async function releaseFleet(context: DeployContext, source: Source): Promise<MainOutcome> {
  const { step, inputs, fleet, content } = context
  const plan = await withLease(fleet, context.signal, async (signal) => {
    const leased = { ...context, signal }
    const observed = await lockFleet(leased)
    const by = assertStillAdmitted(context, observed)
    if (by !== undefined) return { by }
    const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0, inputs.image !== '')
    announce(context, plan, observed)
    const committedOn = ({ lease }: FleetHost) => observed.find(({ host }) => host === lease.host)?.committed ?? ''
    const [cargo, linked] = [cargoOf(source, inputs.shared), new Set<FleetHost>()]
    for (const stage of plan.stages)
      if (stage === 'pull') await pullFleet(leased)
      else if (stage !== 'switch' && stage !== 'fill')
        await onAllHosts(
          fleet,
          (host) => prepareHost({ context: leased, cargo, committed: committedOn(host) }, stage, host, linked),
          signal,
        )
    return { ...plan, observed }
  })
  if ('by' in plan) return finishSuperseded(context, plan.by)
  if (plan.noop) {
    await releaseLocks(step, fleet)
    return { result: 'noop' }
  }
  await switchFleet(context, plan.observed, plan.differed)
  if (inputs.undo) return { result: 'pending' }
  await confirmRelease(context)
  return { result: 'committed' }
}

/**
 * The newer version that superseded this release while it waited; undefined where none did.
 * @throws Failure where its admission does not hold any more
 */
function assertStillAdmitted(
  { step, inputs, content }: DeployContext,
  observed: readonly ObservedHost[],
): string | undefined {
  const { service, environment } = inputs.release
  const admission = step.journal
    .read()
    .admissions.findLast((one) => one.service === service && one.environment === environment && one.sha === content.sha)
  if (!admission) return undefined
  const recheck = recheckAdmission(admission, content, observed, new Date())
  if (recheck.is === 'refused') throw new Failure(recheck.code, recheck.why, recheck.remedy)
  return recheck.is === 'superseded' ? recheck.by : undefined
}

/** Releases the locks. What the job did before stays: the newer release was built upon it. */
async function finishSuperseded({ step, inputs, fleet, content }: DeployContext, by: string): Promise<MainOutcome> {
  const { service } = inputs.release
  await releaseLocks(step, fleet)
  step.save()
  const detail = `${by} was committed while ${content.version} waited; nothing was changed on the hosts`
  step.recordOutcomes(
    fleet.map(({ lease }) => ({ target: `${service} on ${lease.host}`, service, result: 'superseded', detail })),
  )
  step.info(`Superseded: ${detail}.`)
  step.summary(`**deploy-ssh** ${service} ${plainMarkdown(`${content.version}: superseded. ${detail}`)}.`)
  const applied = step.journal.read().schemas.findLast((one) => one.service === service)?.applied ?? []
  if (applied.length > 0)
    step.warn(
      `The migrations that this job applied to ${service} stay: ${applied.join(', ')}. ${by} is compatible with them if they are expand migrations.`,
    )
  return { result: 'superseded' }
}

async function prepareHost(
  transfer: Transfer,
  stage: Exclude<ReleaseStage | SlotStage, 'switch' | 'fill'>,
  host: FleetHost,
  linked: Set<FleetHost>,
): Promise<void> {
  transfer.context.step.record({ event: 'phase', phase: stage, host: host.lease.host })
  if (stage === 'prepare') await prepareOn(host, transfer, linked.has(host))
  else if (await transferTo(host, transfer)) linked.add(host)
}

/** @throws Failure where an earlier step of this job changed the same service on one of these hosts. */
function assertReleasedOnce(inputs: DeployInputs, step: DeployStep): void {
  const { service } = inputs.release
  const names = (host: string) => [false, true].map((slots) => targetName(service, host, slots))
  assertArmedOnce(step, inputs.hosts, names, {
    did: (host) => `released ${service} to ${host}`,
    verb: 'release',
  })
}

/** The migrations that this release was built with, from the job's journal; empty where no step of the job noted them. */
function builtMigrations({ release }: DeployInputs, step: DeployStep): string {
  const schema = step.journal.read().schemas.findLast(({ service }) => service === release.service)
  return migrationList(schema?.migrations ?? [])
}

function releaseContentOf(release: Release): Pick<ReleaseContent, 'id' | 'version' | 'sha'> {
  return { id: release.id, version: release.version, sha: release.sha }
}
