import { type FleetHost, type LockReply, lockHosts, onAllHosts } from '@belay/host/fleet'
import { type DeployContext, undoStateOf } from './context.ts'
import { isCandidate, type ObservedHost } from './plan.ts'
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
    state: stateOf(content, inputs),
    timeoutSeconds: inputs.lockTimeout,
    leftovers: 'it',
    logFolder: '.belay',
  }
  const replies = await lockHosts(step, fleet, request, signal)
  return onAllHosts(
    fleet.map((host, index) => ({ host, reply: replies[index] as LockReply })),
    ({ host, reply }) => observeHost(context, host, reply),
    signal,
  )
}

/** What the plan has to know of a host. Its health is checked only where nothing else would be changed. */
export async function observeHost(
  { inputs, content }: DeployContext,
  host: FleetHost,
  reply: LockReply,
): Promise<ObservedHost> {
  const healthy =
    isCandidate(reply, content.manifest) && (await isHealthy(host.connection, inputs.path, stateOf(content, inputs)))
  return { ...reply, host: host.lease.host, healthy }
}
