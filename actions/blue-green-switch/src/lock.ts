import { runCommand } from '@belay/host'
import { commonValue, type FleetHost, type LockReply, lockHosts, lockUnmoved, onAllHosts } from '@belay/host/fleet'
import { inspectFleet, lockedHosts, type SwitchContext, undoStateOf } from './context.ts'
import { stateOf } from './fleet.ts'
import type { SwitchFacts } from './inspect.ts'
import { assertReady, differingProxies } from './preflight.ts'
import { script } from './script.ts'
import { lockServers, routesOf } from './servers.ts'

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
  const fleetFacts = await lockAll(context, () => lockHosts(step, fleet, request, signal))
  assertReady(differingProxies(fleetFacts, inputs))
  return fleetFacts
}

/**
 * Takes the locks of the proxies' hosts; where the slots are on others, of those first. They hear where traffic goes, so
 * all locks are released and taken again where it has moved since.
 */
async function lockAll(context: SwitchContext, lockProxies: () => Promise<unknown>): Promise<SwitchFacts[]> {
  const { inputs, signal } = context
  if (inputs.servers === undefined) {
    await lockProxies()
    return inspectFleet(context)
  }
  const { servers } = inputs
  const { seen, taken } = await lockUnmoved({
    hosts: lockedHosts(context),
    see: () => inspectFleet(context),
    compared: (fleetFacts) => routesOf(servers, fleetFacts),
    async lock(fleetFacts) {
      const replies = await lockServers(context, routesOf(servers, fleetFacts), 'claim')
      await lockProxies()
      return replies
    },
    timeoutSeconds: inputs.lockTimeout,
    signal,
  })
  return withCommitted(seen, taken)
}

/** A proxy does not know what its slots on other hosts serve: those do. */
function withCommitted(fleetFacts: readonly SwitchFacts[], replies: readonly LockReply[]): SwitchFacts[] {
  const release = commonValue(replies.map(({ committed }) => committed))
  const version = commonValue(replies.map((reply) => reply.version))
  return fleetFacts.map((facts) => ({ ...facts, ...(release !== '' && { committed: { release, version } }) }))
}

/**
 * Lets each host verify the slot that is to get traffic: `successes` in a row, the right version, the schema. A slot host
 * verifies what its slot holds, its proxies what they get from it.
 */
export async function verifySlots({ step, fleet, servers, inputs, signal }: SwitchContext): Promise<void> {
  step.record({ event: 'phase', phase: 'prove' })
  const timeoutMs = (inputs.successes * inputs.slots.length * 15_000) / 2 + 30_000
  await onAllHosts(
    [...servers, ...fleet],
    ({ connection, lease }) => runCommand(connection, script, 'prove', whatOf(lease), { timeoutMs, signal }),
    signal,
  )
}

/**
 * Where there is nothing to move: checks that the active slot answers, and corrects slots whose role differs from what the
 * proxy does. Returns a line for each correction.
 */
export async function syncSlotRoles({ fleet, servers, signal }: SwitchContext): Promise<string[]> {
  const changes = await onAllHosts(
    [...servers, ...fleet],
    async ({ connection, lease }) => {
      const answer = await runCommand(connection, script, 'agree', whatOf(lease), { timeoutMs: 180_000, signal })
      return answer.all('told').map(({ port, role }) => `${lease.host}: slot ${port} was not marked ${role}`)
    },
    signal,
  )
  return changes.flat()
}

function whatOf({ base, id, change }: FleetHost['lease']): Pick<FleetHost['lease'], 'base' | 'id' | 'change'> {
  return { base, id, change }
}
