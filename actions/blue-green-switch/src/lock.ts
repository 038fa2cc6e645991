import { allOrNone, call, type Holding, hold, onAll } from '@belay/remote'
import { type FleetHost, giveBack, ownerNote, stateOf } from './fleet.ts'
import type { SwitchFacts } from './look.ts'
import { script } from './script.ts'
import { seeFleet, type Work } from './work.ts'

/** Committed switches to remember; what they tell is small. */
const keep = 20

/** All hosts' locks or none; what lost runs left is put back first. Then looks anew, now that nobody else is at work. */
export async function lockFleet(work: Work): Promise<SwitchFacts[]> {
  const { step, inputs, fleet, content, signal } = work
  const params = stateOf(content, inputs)
  // Before the first lock: a main that is killed while it waits for the answer may hold it already.
  step.save({ service: inputs.release.service, held: fleet.map(({ held }) => held), armed: false, differed: false })
  step.record({ event: 'phase', phase: 'lock' })
  const take = async ({ connection, held }: FleetHost): Promise<Holding> => {
    const holding = await hold(connection, script, held, { keep, owner: ownerNote(inputs), params }, signal)
    // Said at once: this lock may be given back, and taken again when there is nothing left to settle.
    if (holding.settled) step.warn(settledWords(holding.settled), held.host)
    return holding
  }
  await allOrNone(fleet, take, async (host) => void (await giveBack(host)), {
    timeoutSeconds: inputs.lockTimeout,
    signal,
    onWait: (why) => step.info(`Waiting up to ${inputs.lockTimeout} s: ${why.split('\n')[0]}`),
  })
  return seeFleet(work)
}

/** The slot that is to get traffic, asked by its host: so many times in a row, the right version, fit for the schema. */
export async function proveFleet({ step, fleet, inputs, signal }: Work): Promise<void> {
  step.record({ event: 'phase', phase: 'prove' })
  const timeoutMs = inputs.successes * 15_000 + 30_000
  await onAll(
    fleet,
    ({ connection, held }) =>
      call(connection, script.text, 'prove', { base: held.base, id: held.id }, { timeoutMs, signal }),
    signal,
  )
}

function settledWords(settled: string): string {
  const [end, name] = settled.split(' ')
  if (end === 'undone') return `an earlier run had left ${name} unconfirmed; its traffic was put back first`
  return `an earlier run had left ${name} unconfirmed, and it could not be put back whole: see switch/.belay/log/${name}.log`
}
