import { allOrNone, assignments, type Holding, hold, onAll } from '@belay/remote'
import { isCandidate, type Observed } from './plan.ts'
import { type FleetHost, giveBack, isHealthy, ownerNote, stateOf } from './release.ts'
import { script } from './script.ts'
import { savedOf, type Work } from './work.ts'

/** All hosts' locks or none; what lost runs left is put back first, and old releases are pruned, while we are there. */
export async function lockFleet(work: Work): Promise<Observed[]> {
  const { step, inputs, fleet, content, signal } = work
  const params = stateOf(content, inputs)
  // Before the first lock: a main that is killed while it waits for the answer may hold it already.
  step.save(savedOf(work, { armed: false, differed: false }))
  step.record({ event: 'phase', phase: 'lock' })
  const owner = ownerNote(inputs.release.service, inputs.release.environment)
  const take = async ({ connection, held }: FleetHost): Promise<Holding> => {
    const holding = await hold(connection, script, held, { keep: inputs.keepReleases, owner, params }, signal)
    // Said at once: this lock may be given back, and taken again when there is nothing left to settle.
    if (holding.settled) step.warn(settledWords(holding.settled), held.host)
    return holding
  }
  const holdings = await allOrNone(fleet, take, async (host) => void (await giveBack(host)), {
    timeoutSeconds: inputs.lockTimeout,
    signal,
    onWait: (why) => step.info(`Waiting up to ${inputs.lockTimeout} s: ${why.split('\n')[0]}`),
  })
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

function settledWords(settled: string): string {
  const [end, name] = settled.split(' ')
  if (end === 'undone') return `an earlier run had left ${name} unconfirmed; it was put back first`
  return `an earlier run had left ${name} unconfirmed, and it could not be put back whole: see .belay/log/${name}.log`
}
