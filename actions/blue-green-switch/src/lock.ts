import { call, lockHosts, onAll } from '@belay/host'
import { stateOf } from './fleet.ts'
import type { SwitchFacts } from './look.ts'
import { script } from './script.ts'
import { savedOf, seeFleet, type Work } from './work.ts'

/** Committed switches to remember; what they tell is small. */
const keep = 20

/** All hosts' locks or none; what lost runs left is put back first. Then looks anew, now that nobody else is at work. */
export async function lockFleet(work: Work): Promise<SwitchFacts[]> {
  const { step, inputs, fleet, content, signal } = work
  // Before the first lock: a main that is killed while it waits for the answer may hold it already.
  step.save(savedOf(work, { armed: false, differed: false }))
  step.record({ event: 'phase', phase: 'lock' })
  const order = {
    script,
    what: `traffic of ${inputs.release.service} ${inputs.release.environment}`,
    keep,
    params: stateOf(content, inputs),
    timeoutSeconds: inputs.lockTimeout,
    left: 'its traffic',
    logFolder: 'switch/.belay',
  }
  await lockHosts(step, fleet, order, signal)
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

/**
 * Where there is nothing to move: what has the traffic answers, and slots that were told otherwise than the proxy does
 * are told so now. The words of what was told, for people.
 */
export async function agreeFleet({ fleet, signal }: Work): Promise<string[]> {
  const told = await onAll(
    fleet,
    async ({ connection, held }) => {
      const values = { base: held.base, id: held.id }
      const reply = await call(connection, script.text, 'agree', values, { timeoutMs: 180_000, signal })
      return reply
        .all('told')
        .map((line) => `${held.host}: slot ${line.replace(' ', ' had not been told that it is ')}`)
    },
    signal,
  )
  return told.flat()
}
