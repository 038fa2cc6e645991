import { Failure, jobIdentity, type MainOutcome, withinDeadline } from '@belay/action-kit'
import type { HostFacts } from '@belay/host'
import { openFleet, pendingSteps, releaseLock, undoEarlierSteps, undoJoinedSteps, withLease } from '@belay/host/fleet'
import { releaseId } from '@belay/release-model'
import { announce, type DeployContext, preflight } from './context.ts'
import type { DeployInputs } from './inputs.ts'
import { lockFleet } from './lock.ts'
import { type ObservedHost, planRelease } from './plan.ts'
import { openProxies } from './proxies.ts'
import { pullFleet } from './pull.ts'
import { fleetOf, noContent } from './release.ts'
import { resultsOf } from './results.ts'
import { script } from './script.ts'
import { confirmRelease, switchFleet } from './switch.ts'
import type { DeployStep } from './undo.ts'
import { type SavedRelease, undoRelease } from './undo.ts'

type PastRelease = HostFacts['releases'][number]

/**
 * `command: rollback`: first undoes this job's own steps for the service. Then, unless that restored the release that was
 * asked for, moves every host to that committed release. It is final at its own end.
 */
export async function rollback(inputs: DeployInputs, step: DeployStep): Promise<MainOutcome> {
  const id = releaseId(new Date(), inputs.release.runSha, jobIdentity(step))
  step.output('release-id', id)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const undone = inputs.dryRun ? [] : await undoOwnSteps(inputs, step)
    if (undone.length > 0 && inputs.release.version === 'previous') {
      const hosts = undone.flatMap(({ leases: lease }) => lease.map(({ host }) => host))
      resultsOf(step)?.setRolledBack(hosts, Object.assign({}, ...undone.map(({ moves }) => moves)))
      step.info('The earlier steps of this job were undone, which restored the previous release.')
      return { result: 'noop' }
    }
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
    const proxies = await openProxies(inputs, step, signal)
    const fleet = fleetOf(connections, inputs, id)
    const context = { step, inputs, fleet, proxies, content: noContent, signal }
    return inputs.dryRun ? dryRun(context) : rollBackFleet(context)
  })
}

async function dryRun(context: DeployContext): Promise<MainOutcome> {
  const { inputs, step } = context
  const chosen = chooseRelease(inputs.release.version, await preflight(context, { folder: '', kib: 0 }))
  step.info(`It would roll back to ${chosen.id} (${chosen.version}).`)
  return { result: 'unchanged' }
}

async function rollBackFleet(unchosen: DeployContext): Promise<MainOutcome> {
  const { inputs, step, fleet } = unchosen
  const { context, observed } = await lockForRollback(unchosen)
  const { content } = context
  const { service } = inputs.release
  const { id, version, sha } = content
  // Also where it is live already: later steps move traffic and tags to this release, not to the version of the run.
  step.record({ event: 'chosen', service, release: { id, version, sha } })
  if (
    observed.every(({ live }) => live === `releases/${content.id}`) &&
    observed.every(({ committed }) => committed === content.id)
  ) {
    step.info(`${content.id} is live and committed already.`)
    await Promise.all(fleet.map((host) => releaseLock(host)))
    return { result: 'noop' }
  }
  const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0)
  announce(context, plan, observed)
  await withLease(fleet, context.signal, async (signal) => {
    const leased = { ...context, signal }
    // The image may have been removed there since.
    if (inputs.restart.kind === 'compose') await pullFleet(leased)
    await switchFleet(leased, observed, plan.differed)
  })
  // In a slot it has no traffic yet: the switch that follows moves it there, and the end of the job confirms both.
  if (inputs.slots.length > 0) return { result: 'pending' }
  await confirmRelease(context)
  return { result: 'committed' }
}

/**
 * Chooses the release before the wait for the lock. Chooses again if by then another run has committed, or a lost run had
 * to be undone first.
 */
async function lockForRollback(unchosen: DeployContext): Promise<{ context: DeployContext; observed: ObservedHost[] }> {
  const { step, inputs, fleet, signal } = unchosen
  for (let tries = 0; tries < 5; tries++) {
    const fleetFacts = await preflight(unchosen, { folder: '', kib: 0 })
    const chosen = chooseRelease(inputs.release.version, fleetFacts)
    step.info(`Rolling back to ${chosen.id} (${chosen.version}).`)
    step.output('sha', chosen.sha)
    const { id, version, sha, manifest, schema } = chosen
    const content = { id, version, sha, manifest, schema }
    const context = { ...unchosen, content }
    const observed = await withLease(fleet, signal, (signal) => lockFleet({ ...context, signal }))
    if (observed.every(({ committed }, index) => committed === fleetFacts[index]?.committed))
      return { context, observed }
    await Promise.all(fleet.map((host) => releaseLock(host)))
  }
  throw new Failure('lock-held', 'Other runs keep releasing to these hosts.', 'roll back again when they have ended.')
}

/** Undoes what earlier steps of this job released. */
async function undoOwnSteps(inputs: DeployInputs, step: DeployStep): Promise<SavedRelease[]> {
  const pending = pendingSteps(step, inputs.release.service)
  const steps = pending.filter(({ action }) => action === 'deploy-ssh')
  const key = () => inputs.credentials
  const joined = pending.filter((other) => !steps.includes(other))
  await undoJoinedSteps(step, joined, script, key)
  await undoEarlierSteps(step, steps, (saved: SavedRelease, until) => undoRelease(saved, key, until, () => {}))
  return steps.map(({ undo }) => undo as SavedRelease)
}

/** The committed release that a version names on every host, or the one before the live one. Pure. */
export function chooseRelease(version: string, fleetFacts: readonly HostFacts[]): PastRelease {
  const [first, ...others] = fleetFacts
  const everywhere = ({ id }: PastRelease) => others.every((facts) => keptReleases(facts).some((one) => one.id === id))
  const common = first ? keptReleases(first).filter(everywhere) : []
  const chosen =
    version === 'previous'
      ? first && previousOf(first, common)
      : common.findLast(({ id, sha, version: name }) => [id, sha, name].includes(version))
  const why =
    chosen &&
    (fleetFacts.flatMap(keptReleases).find(({ id, incompatibility }) => id === chosen.id && incompatibility !== '')
      ?.incompatibility ??
      '')
  if (chosen && why === '') return chosen
  const isCompatible = ({ id }: PastRelease) =>
    fleetFacts.flatMap(keptReleases).every((one) => one.id !== id || one.incompatibility === '')
  const names = common
    .filter(isCompatible)
    .map((one) => `${one.version} (${one.id})`)
    .join(', ')
  if (chosen)
    throw new Failure(
      'schema-ahead',
      `${chosen.version} (${chosen.id}) is not compatible with the current schema: ${why}.`,
      names ? `choose one of: ${names}` : 'no kept release is compatible; release a newer version.',
    )
  throw new Failure(
    'no-such-release',
    `No committed release "${version}" is kept on every host.`,
    names ? `choose one of: ${names}` : 'release that version again; no older release is kept.',
  )
}

/** Committed releases that still exist, each once, in the order of their last commit. */
function keptReleases({ releases }: HostFacts): PastRelease[] {
  const byId = new Map<string, PastRelease>()
  for (const release of releases.filter(({ state, exists }) => state === 'confirmed' && exists)) {
    byId.delete(release.id)
    byId.set(release.id, release)
  }
  return [...byId.values()]
}

/** The release before the live one. If the live one is unconfirmed, left by a lost run, that is the last committed one. */
function previousOf(facts: HostFacts, common: readonly PastRelease[]): PastRelease | undefined {
  const line = lineage(facts).filter((release) => common.some(({ id }) => id === release.id))
  const place = line.findIndex(({ id }) => id === facts.committed)
  // A release that fills a slot is not live.
  const isLiveUnconfirmed = facts.slots.length === 0 && (facts.state === 'armed' || facts.state === 'undoing')
  if (isLiveUnconfirmed) return line[place]
  return place < 0 ? line.at(-1) : line[place - 1]
}

/**
 * The committed releases in the order in which they replaced each other, oldest first. A rollback to one drops those after
 * it: after a rollback from C to B and a release of D, the one before D is B, not C.
 */
function lineage({ releases }: HostFacts): PastRelease[] {
  const line: PastRelease[] = []
  for (const release of releases.filter(({ state }) => state === 'confirmed')) {
    const known = line.findIndex(({ id }) => id === release.id)
    if (known >= 0) line.length = known
    line.push(release)
  }
  return line
}
