import { Failure, monotonicSeconds, sleep } from '@belay/action-kit'
import { type FleetHost, type Heard, type LockReply, lockHosts, onAllHosts, releaseLock } from '@belay/host/fleet'
import { type DeployContext, undoStateOf } from './context.ts'
import { isCandidate, type ObservedHost } from './plan.ts'
import { hear, isSameWord } from './proxies.ts'
import { isHealthy, stateOf } from './release.ts'
import { script } from './script.ts'

/** Takes all hosts' locks or none. Under the lock a host first undoes what lost runs left, then prunes old releases. */
export async function lockFleet(context: DeployContext): Promise<ObservedHost[]> {
  const { step, inputs, fleet, content, signal } = context
  // Before the first lock: a main that is killed while it waits for the answer may hold it already.
  step.save(undoStateOf(context, { armed: false, differed: false }))
  step.record({ event: 'phase', phase: 'lock' })
  const request = {
    script,
    purpose: `${inputs.release.service} ${inputs.release.environment}`,
    keepReleases: inputs.keepReleases,
    state: (host: string) => stateOf(content, inputs, host),
    timeoutSeconds: inputs.lockTimeout,
    leftovers: 'it',
    logFolder: '.belay',
  }
  const { replies, heard } = await lockAsHeard(context, (heard) =>
    lockHosts(step, fleet, { ...request, heard }, signal),
  )
  return onAllHosts(
    fleet.map((host, index) => ({ host, reply: replies[index] as LockReply })),
    ({ host, reply }) => observeHost(context, host, reply, heard),
    signal,
  )
}

/**
 * Takes the locks with what proxies on other hosts do, and asks those again under the locks: a run that had them until then
 * may have moved traffic.
 */
async function lockAsHeard(
  context: DeployContext,
  lock: (heard: Heard | undefined) => Promise<LockReply[]>,
): Promise<{ replies: LockReply[]; heard: Heard | undefined }> {
  const { fleet, inputs, signal } = context
  const end = monotonicSeconds() + inputs.lockTimeout
  for (;;) {
    const heard = await hear(context)
    const replies = await lock(heard)
    const now = await hear(context, true).catch(whyHeld)
    if (!(now instanceof Failure) && isSameWord(heard, now)) return { replies, heard }
    await Promise.all(fleet.map((host) => releaseLock(host)))
    if (monotonicSeconds() >= end) throw now instanceof Failure ? now : movedMeantime()
    await sleep(1000, signal)
  }
}

/** A run that confirmed its slot hosts confirms its proxies a moment later. */
function whyHeld(error: unknown): Failure {
  if (error instanceof Failure && error.code === 'lock-held') return error
  throw error
}

function movedMeantime(): Failure {
  return new Failure(
    'lock-held',
    'Other runs keep moving the traffic of these hosts.',
    'run the job again when they have ended.',
  )
}

/** What the plan has to know of a host. Its health is checked only where nothing else would be changed. */
export async function observeHost(
  { inputs, content }: DeployContext,
  { connection, lease: { host } }: FleetHost,
  reply: LockReply,
  heard: Heard | undefined,
): Promise<ObservedHost> {
  const check = () => isHealthy(connection, inputs.path, stateOf(content, inputs, host), heard?.words.get(host))
  return { ...reply, host, healthy: isCandidate(reply, content.manifest) && (await check()) }
}
