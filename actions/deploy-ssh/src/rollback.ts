import { currentRun, Failure, monotonicSeconds, type Outcome, postsShareSeconds } from '@belay/action-kit'
import { releaseId } from '@belay/release'
import { type HostFacts, openFleet, type PastRelease } from '@belay/remote'
import { confirmFleet, type DeployStep, lockFleet, preflight, switchFleet, withLease } from './deploy.ts'
import type { DeployInputs } from './inputs.ts'
import { deadlineSignal, fleetOf } from './release.ts'
import { type SavedRelease, undoRelease } from './undo.ts'

/**
 * `command: rollback`: first this job's own steps for the service go back; then, unless that was the release before,
 * every host goes to the committed release that was asked for. It is final at its own end.
 */
export async function rollback(inputs: DeployInputs, step: DeployStep): Promise<Outcome> {
  const wentBack = await takeBackOwnSteps(inputs, step)
  if (wentBack && inputs.release.version === 'previous') {
    step.info('What this job had changed went back; that is the release before it.')
    return { result: 'noop' }
  }
  const { signal } = deadlineSignal(step.signal, inputs.deadline)
  const id = releaseId(new Date(), inputs.release.sha, currentRun().attempt)
  step.output('release-id', id)
  const connections = await openFleet(step.journal, step.id, inputs.hosts, inputs.credentials, signal)
  const fleet = fleetOf(connections, inputs, id)
  const noContent = { id, version: '', sha: '', manifest: '' }
  const looks = await preflight({ step, inputs, fleet, content: noContent, signal }, 0)
  const goal = chooseRelease(inputs.release.version, looks)
  step.info(`Going back to ${goal.id} (${goal.version}).`)
  if (inputs.dryRun) return { result: 'unchanged' }
  const content = { id: goal.id, version: goal.version, sha: goal.sha, manifest: goal.manifest }
  const work = { step, inputs, fleet, content, signal }
  const observed = await lockFleet(work)
  step.output('previous-release', observed[0]?.committed ?? '')
  step.output(
    'hosts',
    JSON.stringify(observed.map(({ host, committed }) => ({ host, previous: committed, release: goal.id }))),
  )
  await withLease(work, () => switchFleet(work, observed, false))
  await confirmFleet(work)
  return { result: 'committed' }
}

async function takeBackOwnSteps(inputs: DeployInputs, step: DeployStep): Promise<boolean> {
  const own = step.journal
    .read()
    .steps.filter(({ service, undo, id }) => id !== step.id && service === inputs.release.service && undo !== undefined)
  const open = own.filter(({ armed, settled }) => armed.length > settled.length)
  for (const { undo } of open) {
    const until = monotonicSeconds() + postsShareSeconds
    const settled = await undoRelease(
      undo as SavedRelease,
      () => inputs.credentials,
      until,
      () => {},
    )
    step.settle(settled)
    const bad = settled.find(({ result }) => result !== 'rolled-back' && result !== 'unchanged')
    if (bad) throw new Failure('undo-failed', `${bad.target} did not go back: ${bad.detail}`)
  }
  return open.length > 0
}

/** The committed release that a version names on every host, or the one before the live one. Pure. */
export function chooseRelease(version: string, looks: readonly HostFacts[]): PastRelease {
  const perHost = looks.map((facts) => ({ facts, eligible: eligible(facts) }))
  const [first] = perHost
  const common = (first?.eligible ?? []).filter(({ id }) =>
    perHost.every((host) => host.eligible.some((one) => one.id === id)),
  )
  const goal =
    version === 'previous'
      ? common.filter(({ id }) => id < (first?.facts.committed ?? '')).at(-1)
      : common.findLast(({ id, sha, version: name }) => [id, sha, name].includes(version))
  if (goal) return goal
  const names = common.map((one) => `${one.version} (${one.id})`).join(', ')
  throw new Failure(
    'no-such-release',
    `No committed release "${version}" is kept on every host.`,
    names ? `choose one of: ${names}` : 'release the old version anew; none older is kept.',
  )
}

/** Committed once, still there; oldest first, each once. */
function eligible({ releases }: HostFacts): PastRelease[] {
  const byId = new Map(
    releases.filter(({ state, there }) => state === 'confirmed' && there).map((one) => [one.id, one]),
  )
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
}
