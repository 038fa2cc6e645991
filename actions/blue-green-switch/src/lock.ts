import { runCommand } from '@belay/host'
import { lockHosts, onAllHosts } from '@belay/host/fleet'
import { inspectFleet, type SwitchContext, undoStateOf } from './context.ts'
import { stateOf } from './fleet.ts'
import type { SwitchFacts } from './inspect.ts'
import { assertReady, differingProxies } from './preflight.ts'
import { script } from './script.ts'

/** Committed switches to keep on a host; their state files are small. */
const keepSwitches = 20

/** Takes all hosts' locks or none; a host first undoes what lost runs left. Then inspects again, now without other runs. */
export async function lockFleet(context: SwitchContext): Promise<SwitchFacts[]> {
  const { step, inputs, fleet, content, signal } = context
  // Before the first lock: a main that is killed while it waits for the answer may hold it already.
  step.save(undoStateOf(context, { armed: false, differed: false }))
  step.record({ event: 'phase', phase: 'lock' })
  const request = {
    script,
    purpose: `traffic of ${inputs.release.service} ${inputs.release.environment}`,
    keepReleases: keepSwitches,
    state: stateOf(content, inputs),
    timeoutSeconds: inputs.lockTimeout,
    leftovers: 'its traffic',
    logFolder: '.belay',
  }
  await lockHosts(step, fleet, request, signal)
  const fleetFacts = await inspectFleet(context)
  assertReady(differingProxies(fleetFacts, inputs))
  return fleetFacts
}

/** Lets each host verify the slot that is to get traffic: `successes` in a row, the right version, the schema. */
export async function verifySlots({ step, fleet, inputs, signal }: SwitchContext): Promise<void> {
  step.record({ event: 'phase', phase: 'prove' })
  const timeoutMs = (inputs.successes * inputs.slots.length * 15_000) / 2 + 30_000
  await onAllHosts(
    fleet,
    ({ connection, lease }) =>
      runCommand(connection, script, 'prove', { base: lease.base, id: lease.id }, { timeoutMs, signal }),
    signal,
  )
}

/**
 * Where there is nothing to move: checks that the active slot answers, and corrects slots whose role differs from what the
 * proxy does. Returns a line for each correction.
 */
export async function syncSlotRoles({ fleet, signal }: SwitchContext): Promise<string[]> {
  const changes = await onAllHosts(
    fleet,
    async ({ connection, lease }) => {
      const values = { base: lease.base, id: lease.id }
      const answer = await runCommand(connection, script, 'agree', values, { timeoutMs: 180_000, signal })
      return answer.all('told').map(({ port, role }) => `${lease.host}: slot ${port} was not marked ${role}`)
    },
    signal,
  )
  return changes.flat()
}
