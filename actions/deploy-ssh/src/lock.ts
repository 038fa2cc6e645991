import { type FleetHost, type Heard, type LockReply, lockHosts, lockUnmoved, onAllHosts } from '@belay/host/fleet'
import { type DeployContext, undoStateOf } from './context.ts'
import { isCandidate, type ObservedHost } from './plan.ts'
import { hear } from './proxies.ts'
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
  const { seen: heard, taken: replies } = await lockUnmoved({
    hosts: fleet,
    see: (locked) => hear(context, locked),
    compared: (heard) => heard?.words,
    lock: (heard) => lockHosts(step, fleet, { ...request, heard }, signal),
    timeoutSeconds: inputs.lockTimeout,
    signal,
  })
  return onAllHosts(
    fleet.map((host, index) => ({ host, reply: replies[index] as LockReply })),
    ({ host, reply }) => observeHost(context, host, reply, heard),
    signal,
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
