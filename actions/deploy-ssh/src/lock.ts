import { assignments, type FleetHost, type Holding, lockHosts, onAll } from '@belay/host'
import { isCandidate, type Observed } from './plan.ts'
import { isHealthy, stateOf } from './release.ts'
import { script } from './script.ts'
import { savedOf, type Work } from './work.ts'

/** All hosts' locks or none; what lost runs left is put back first, and old releases are pruned, while we are there. */
export async function lockFleet(work: Work): Promise<Observed[]> {
  const { step, inputs, fleet, content, signal } = work
  // Before the first lock: a main that is killed while it waits for the answer may hold it already.
  step.save(savedOf(work, { armed: false, differed: false }))
  step.record({ event: 'phase', phase: 'lock' })
  const order = {
    script,
    what: `${inputs.release.service} ${inputs.release.environment}`,
    keep: inputs.keepReleases,
    params: stateOf(content, inputs),
    timeoutSeconds: inputs.lockTimeout,
    left: 'it',
    logFolder: '.belay',
  }
  const holdings = await lockHosts(step, fleet, order, signal)
  return onAll(
    fleet.map((host, index) => ({ host, holding: holdings[index] as Holding })),
    ({ host, holding }) => observe(work, host, holding),
    signal,
  )
}

/** What the plan has to know of a host; its health is asked only where nothing else would be changed. */
export async function observe({ inputs, content }: Work, host: FleetHost, holding: Holding): Promise<Observed> {
  const params = assignments('r_', stateOf(content, inputs))
  const healthy = isCandidate(holding, content.manifest) && (await isHealthy(host.connection, inputs, params))
  return { ...holding, host: host.held.host, healthy }
}
