import { Failure, jobIdentity, type Outcome, withinDeadline } from '@belay/action-kit'
import {
  giveBack,
  type HostFacts,
  openFleet,
  type PastRelease,
  takeBackSteps,
  unsettledSteps,
  withLease,
} from '@belay/host'
import { releaseId } from '@belay/release-model'
import type { DeployInputs } from './inputs.ts'
import { lockFleet } from './lock.ts'
import { type Observed, planRelease } from './plan.ts'
import { pullFleet } from './pull.ts'
import { fleetOf, noContent } from './release.ts'
import { resultsOf } from './results.ts'
import { script } from './script.ts'
import { confirmRelease, switchFleet } from './switch.ts'
import { type SavedRelease, undoRelease } from './undo.ts'
import { announce, type DeployStep, preflight, type Work } from './work.ts'

/**
 * `command: rollback`: first this job's own steps for the service go back; then, unless that was the release before,
 * every host goes to the committed release that was asked for. It is final at its own end.
 */
export async function rollback(inputs: DeployInputs, step: DeployStep): Promise<Outcome> {
  const id = releaseId(new Date(), inputs.release.runSha, jobIdentity(step))
  step.output('release-id', id)
  return withinDeadline(step.signal, inputs.deadline, async (signal) => {
    const own = inputs.dryRun ? [] : await takeBackOwnSteps(inputs, step)
    if (own.length > 0 && inputs.release.version === 'previous') {
      const hosts = own.flatMap(({ held }) => held.map(({ host }) => host))
      resultsOf(step)?.wentBack(hosts, Object.assign({}, ...own.map(({ moves }) => moves)))
      step.info('What this job had changed went back; that is the release before it.')
      return { result: 'noop' }
    }
    const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
    const fleet = fleetOf(connections, inputs, id)
    return inputs.dryRun ? dryRun(inputs, step, fleet, signal) : goBack(inputs, step, fleet, signal)
  })
}

type Fleet = Work['fleet']

async function dryRun(inputs: DeployInputs, step: DeployStep, fleet: Fleet, signal: AbortSignal): Promise<Outcome> {
  const looks = await preflight({ step, inputs, fleet, content: noContent, signal }, { folder: '', kib: 0 })
  const goal = chooseRelease(inputs.release.version, looks)
  step.info(`It would go to ${goal.id} (${goal.version}).`)
  return { result: 'unchanged' }
}

async function goBack(inputs: DeployInputs, step: DeployStep, fleet: Fleet, signal: AbortSignal): Promise<Outcome> {
  const { work, observed } = await lockForGoal(inputs, step, fleet, signal)
  const { content } = work
  const { service } = inputs.release
  const { id, version, sha } = content
  // Also where it is live already: the steps after this one move traffic and tags to it, not to what the run is for.
  step.journal.append({ step: step.id, event: 'chosen', service, release: { id, version, sha } })
  if (
    observed.every(({ live }) => live === `releases/${content.id}`) &&
    observed.every(({ committed }) => committed === content.id)
  ) {
    step.info(`${content.id} is live and committed already.`)
    await Promise.all(fleet.map((host) => giveBack(host, script)))
    return { result: 'noop' }
  }
  const plan = planRelease(content.id, content.manifest, observed, inputs.slots.length > 0)
  announce(work, plan, observed)
  await withLease(fleet, work.signal, async (signal) => {
    const leased = { ...work, signal }
    // It may have been removed there since.
    if (inputs.restart.kind === 'compose') await pullFleet(leased)
    await switchFleet(leased, observed, plan.differed)
  })
  // In a slot it serves nobody yet: the switch that follows makes it real, and the end of the job confirms both.
  if (inputs.slots.length > 0) return { result: 'pending' }
  await confirmRelease(work)
  return { result: 'committed' }
}

/**
 * The goal is chosen before the lock, which may be waited for: if another run was through meanwhile, or one that was
 * lost had to be put back first, it is chosen anew.
 */
async function lockForGoal(
  inputs: DeployInputs,
  step: DeployStep,
  fleet: Fleet,
  signal: AbortSignal,
): Promise<{ work: Work; observed: Observed[] }> {
  for (let tries = 0; tries < 5; tries++) {
    const looks = await preflight({ step, inputs, fleet, content: noContent, signal }, { folder: '', kib: 0 })
    const goal = chooseRelease(inputs.release.version, looks)
    step.info(`Going back to ${goal.id} (${goal.version}).`)
    step.output('sha', goal.sha)
    const { id, version, sha, manifest, schema } = goal
    const content = { id, version, sha, manifest, schema }
    const work = { step, inputs, fleet, content, signal }
    const observed = await withLease(fleet, signal, (signal) => lockFleet({ ...work, signal }))
    if (observed.every(({ committed }, index) => committed === looks[index]?.committed)) return { work, observed }
    await Promise.all(fleet.map((host) => giveBack(host, script)))
  }
  throw new Failure('lock-held', 'Other runs keep releasing to these hosts.', 'roll back again when they are through.')
}

/** What earlier steps of this job had released, and is back as it was now. */
async function takeBackOwnSteps(inputs: DeployInputs, step: DeployStep): Promise<SavedRelease[]> {
  const own = unsettledSteps(step, inputs.release.service)
  const foreign = own.find(({ action }) => action !== 'deploy-ssh')
  if (foreign)
    throw new Failure(
      'switch-armed',
      `${foreign.id} of this job has moved traffic that is not confirmed yet; a release below it cannot go first.`,
      'let the job fail: its end takes everything back in the right order.',
    )
  const key = () => inputs.credentials
  await takeBackSteps(step, own, (saved: SavedRelease, until) => undoRelease(saved, key, until, () => {}))
  return own.map(({ undo }) => undo as SavedRelease)
}

/** The committed release that a version names on every host, or the one before the live one. Pure. */
export function chooseRelease(version: string, looks: readonly HostFacts[]): PastRelease {
  const [first, ...others] = looks
  const everywhere = ({ id }: PastRelease) => others.every((facts) => kept(facts).some((one) => one.id === id))
  const common = first ? kept(first).filter(everywhere) : []
  const goal =
    version === 'previous'
      ? first && previousOf(first, common)
      : common.findLast(({ id, sha, version: name }) => [id, sha, name].includes(version))
  const why = goal && (looks.flatMap(kept).find(({ id, misfit }) => id === goal.id && misfit !== '')?.misfit ?? '')
  if (goal && why === '') return goal
  const fits = ({ id }: PastRelease) => looks.flatMap(kept).every((one) => one.id !== id || one.misfit === '')
  const names = common
    .filter(fits)
    .map((one) => `${one.version} (${one.id})`)
    .join(', ')
  if (goal)
    throw new Failure(
      'schema-ahead',
      `${goal.version} (${goal.id}) cannot live with the schema of today: ${why}.`,
      names ? `choose one of: ${names}` : 'none of the kept ones fits; release forward.',
    )
  throw new Failure(
    'no-such-release',
    `No committed release "${version}" is kept on every host.`,
    names ? `choose one of: ${names}` : 'release the old version anew; none older is kept.',
  )
}

/** Committed once and still there, each once, in the order in which they last came. */
function kept({ releases }: HostFacts): PastRelease[] {
  const byId = new Map<string, PastRelease>()
  for (const release of releases.filter(({ state, there }) => state === 'confirmed' && there)) {
    byId.delete(release.id)
    byId.set(release.id, release)
  }
  return [...byId.values()]
}

/** What is live may be unconfirmed, left by a run that was lost: then the last committed one is what was before it. */
function previousOf(facts: HostFacts, common: readonly PastRelease[]): PastRelease | undefined {
  const line = lineage(facts).filter((release) => common.some(({ id }) => id === release.id))
  const place = line.findIndex(({ id }) => id === facts.committed)
  // What fills a slot is not live, and changes nothing about what is.
  const unsettledLive = facts.slots.length === 0 && (facts.state === 'armed' || facts.state === 'undoing')
  if (unsettledLive) return line[place]
  return place < 0 ? line.at(-1) : line[place - 1]
}

/**
 * The committed releases in the order in which they replaced each other, oldest first. Going back to one forgets those
 * after it: whoever rolled back from C to B and released D goes back from D to B, not to C.
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
