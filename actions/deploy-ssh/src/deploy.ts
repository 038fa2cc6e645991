import { Failure, type Outcome, plainMarkdown, withinDeadline } from '@belay/action-kit'
import { joinReleaseOfVersion } from '@belay/github'
import {
  assignments,
  call,
  type FleetHost,
  giveAllBack,
  type HostFacts,
  onAll,
  openFleet,
  refuseArmedTwice,
  schemaText,
  withLease,
} from '@belay/host'
import type { Release } from '@belay/release-model'
import type { DeployInputs } from './inputs.ts'
import { judgeAgain } from './judged.ts'
import { lockFleet, observe } from './lock.ts'
import { type Observed, planRelease, type SlotStage, type Stage } from './plan.ts'
import { pullFleet } from './pull.ts'
import { type Content, fleetOf } from './release.ts'
import { script } from './script.ts'
import { imageSource, openSource, type Source } from './source.ts'
import { confirmRelease, switchFleet } from './switch.ts'
import { targetName } from './undo.ts'
import { upload } from './upload.ts'
import { announce, type DeployStep, preflight, temporary, type Work } from './work.ts'

/** `command: deploy`: everything on all hosts before anything is switched on any. */
export async function deploy(inputs: DeployInputs, step: DeployStep): Promise<Outcome> {
  const release = await joinReleaseOfVersion(step, inputs.release, inputs.github)
  step.output('release-id', release.id)
  step.output('sha', release.sha)
  refuseReleasedTwice(inputs, step)
  const compose = inputs.restart.kind === 'compose'
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    step.record({ event: 'phase', phase: 'connect' })
    const [source, connections] = await bothOf(
      compose ? imageSource(inputs.image) : openSource(inputs.source, temporary(step), signal),
      openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal),
    )
    const content = { ...contentOf(release), manifest: source.manifest, schema: schemaOf(inputs, step) }
    const work = { step, inputs, fleet: fleetOf(connections, inputs, release.id), content, signal }
    const looks = await preflight(work, source)
    return inputs.dryRun ? dryRun(work, looks) : releaseFleet(work, source)
  })
}

/** Waits for both also where one fails: a connection that is being opened has a key on the disk until it is. */
async function bothOf<A, B>(one: A | Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}

/** Prints what would be done by what can be seen without the lock. */
async function dryRun(work: Work, looks: readonly HostFacts[]): Promise<Outcome> {
  const { inputs, content, fleet, step } = work
  const observed = await onAll(
    fleet.map((host, index) => ({ host, facts: looks[index] as HostFacts })),
    ({ host, facts }) => {
      const { manifest = '', sha = '' } = facts.releases.findLast(({ id }) => id === facts.committed) ?? {}
      const committed = { committed: facts.committed, version: facts.version, sha, manifest }
      const slot = 'port' in facts.idle ? facts.idle.port : ''
      return observe(work, host, { ...committed, live: facts.live, slot, settled: '' })
    },
  )
  const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0, inputs.image !== '')
  announce(work, plan, observed)
  if (!plan.noop)
    step.info(
      `It would ${plan.stages.join(', ')}, and wait ${inputs.confirmTimeout} s for the end of the job. Nothing was changed.`,
    )
  return { result: 'unchanged' }
}

/** From the lock to the armed fleet. */
async function releaseFleet(work: Work, source: Source): Promise<Outcome> {
  const { step, inputs, fleet, content } = work
  const plan = await withLease(fleet, work.signal, async (signal) => {
    const leased = { ...work, signal }
    const observed = await lockFleet(leased)
    const by = refuseOvertaken(work, observed)
    if (by !== undefined) return { by }
    const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0, inputs.image !== '')
    announce(work, plan, observed)
    for (const stage of plan.stages)
      if (stage === 'pull') await pullFleet(leased)
      else if (stage !== 'switch' && stage !== 'fill')
        await onAll(fleet, (host) => before(leased, stage, host, source, observed), signal)
    return { ...plan, observed }
  })
  if ('by' in plan) return passedOver(work, plan.by)
  if (plan.noop) {
    await giveAllBack(step, fleet, script)
    return { result: 'noop' }
  }
  await switchFleet(work, plan.observed, plan.differed)
  if (inputs.undo) return { result: 'pending' }
  await confirmRelease(work)
  return { result: 'committed' }
}

/**
 * Who overtook this release while it waited, where a newer version did.
 * @throws Failure where what it was judged by does not hold any more
 */
function refuseOvertaken({ step, inputs, content }: Work, observed: readonly Observed[]): string | undefined {
  const { service, environment } = inputs.release
  const judged = step.journal
    .read()
    .judged.findLast((one) => one.service === service && one.environment === environment && one.sha === content.sha)
  if (!judged) return undefined
  const again = judgeAgain(judged, content, observed, new Date())
  if (again.is === 'refused') throw new Failure(again.code, again.why, again.mend)
  return again.is === 'superseded' ? again.by : undefined
}

/** The locks are given back, and what the job did before is left to the newer release, which was built upon it. */
async function passedOver({ step, inputs, fleet, content }: Work, by: string): Promise<Outcome> {
  const { service } = inputs.release
  await giveAllBack(step, fleet, script)
  step.save()
  const detail = `${by} was committed while ${content.version} waited; nothing was changed on the hosts`
  step.settle(
    fleet.map(({ held }) => ({ target: `${service} on ${held.host}`, service, result: 'superseded', detail })),
  )
  step.info(`Superseded: ${detail}.`)
  step.summary(`**deploy-ssh** ${service} ${plainMarkdown(`${content.version}: superseded. ${detail}`)}.`)
  const applied = step.journal.read().schemas.findLast((one) => one.service === service)?.applied ?? []
  if (applied.length > 0)
    step.warn(
      `The schema of ${service} keeps what this job applied before: ${applied.join(', ')}. ${by} works with it, if it was an expand migration.`,
    )
  return { result: 'superseded' }
}

async function before(
  work: Work,
  stage: Exclude<Stage | SlotStage, 'switch' | 'fill'>,
  { connection, held }: FleetHost,
  source: Source,
  observed: readonly Observed[],
): Promise<void> {
  const { step, inputs, content, signal } = work
  step.record({ event: 'phase', phase: stage, host: held.host })
  if (stage === 'upload') {
    const linkTo = observed.find(({ host }) => host === held.host)?.committed ?? ''
    await upload(connection, source.folder, `${inputs.path}/releases/.incoming-${content.id}`, linkTo, signal)
    return
  }
  const values = {
    base: inputs.path,
    params: assignments('r_', { release: content.id }),
    shared: inputs.shared.map((path) => `${path} ${'../'.repeat(path.split('/').length + 1)}`).join('\n'),
  }
  await call(connection, script.text, 'prepare', values, { timeoutMs: 60_000, signal })
}

/** @throws Failure where an earlier step of this job changed the same service on one of these hosts. */
function refuseReleasedTwice(inputs: DeployInputs, step: DeployStep): void {
  const { service } = inputs.release
  const names = (host: string) => [false, true].map((slots) => targetName(service, host, slots))
  refuseArmedTwice(step, inputs.hosts, names, {
    did: (host) => `released ${service} to ${host}`,
    verb: 'release',
  })
}

/** What the job's migrations say that this release was built with; empty where no step of the job said. */
function schemaOf({ release }: DeployInputs, step: DeployStep): string {
  const said = step.journal.read().schemas.findLast(({ service }) => service === release.service)
  return schemaText(said?.migrations ?? [])
}

function contentOf(release: Release): Pick<Content, 'id' | 'version' | 'sha'> {
  return { id: release.id, version: release.version, sha: release.sha }
}
