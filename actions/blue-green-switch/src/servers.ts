import { type StateText, switchState } from '@belay/host'
import {
  armedTargets,
  armFleet,
  assertArmed,
  claimTarget,
  type FleetHost,
  type Heard,
  type HostState,
  knownWord,
  type LockReply,
  leaseFleet,
  lockHosts,
  openFleet,
  portsWithTraffic,
} from '@belay/host/fleet'
import { addressIn, atServer, type Servers } from '@belay/host/inputs'
import type { SwitchContext } from './context.ts'
import type { SwitchInputs } from './inputs.ts'
import type { SwitchFacts } from './inspect.ts'
import { script } from './script.ts'
import type { SavedSwitch, SwitchStep } from './undo.ts'

// The slot hosts of a switch whose proxies are on other hosts: a claim there before the move, and the roles after it.

/** Seconds that a slot host waits longer than the proxies: traffic that returns by itself returns before the roles do. */
const longerSeconds = 240

/** Opens the slot hosts, each with the claim that it is to hold; none where the proxies are on the same hosts. */
export async function openServers(
  { servers, path: base, credentials }: SwitchInputs,
  step: SwitchStep,
  id: string,
  signal: AbortSignal,
): Promise<FleetHost[]> {
  const connections = await openFleet(step.journal, step.id, servers?.hosts ?? [], credentials, signal)
  return leaseFleet(connections, { base, id, change: 'claim', knownHosts: credentials.knownHosts })
}

/** Which port of each slot host has traffic, from any proxy, and which one it is to go to. By host; pure. */
export function routesOf({ hosts, addresses, ports }: Servers, fleetFacts: readonly SwitchFacts[]): Map<string, Route> {
  const routes = hosts.map(({ name }, index): [string, Route] => {
    const active = portsWithTraffic(addresses[index] ?? '', ports, fleetFacts)
    const [from = ''] = active
    const to = active.length === 1 ? (ports.find((port) => port !== from) ?? '') : ''
    return [name, { active, from, to }]
  })
  return new Map(routes)
}

/** On a slot host. `from` and `to` are known where exactly one port has traffic. */
interface Route {
  readonly active: readonly string[]
  readonly from: string
  readonly to: string
}

/** Takes the locks of the slot hosts, or joins what an earlier step of the job holds there. */
export async function lockServers(
  { step, servers, signal, ...context }: SwitchContext,
  routes: ReadonlyMap<string, Route>,
  change: 'claim' | 'role',
): Promise<LockReply[]> {
  const { inputs } = context
  const heard = change === 'claim' && heardOf(inputs, routes)
  const request = {
    script,
    purpose: `traffic of ${inputs.release.service} ${inputs.release.environment}`,
    keepReleases: 0,
    state: (host: string) => claimState(context, host, routes.get(host)),
    // The roles are a part of what is held already.
    timeoutSeconds: change === 'claim' ? inputs.lockTimeout : 0,
    leftovers: 'it',
    logFolder: '.belay',
    ...(heard && { heard }),
  }
  return lockHosts(step, changing(servers, change), request, signal)
}

function heardOf({ servers }: SwitchInputs, routes: ReadonlyMap<string, Route>): Heard {
  const words = [...routes].map(([host, { active }]): [string, string] => [host, knownWord(active)])
  return { proxies: (servers?.proxies ?? []).map(({ name }) => name), words: new Map(words) }
}

function changing(servers: readonly FleetHost[], change: 'claim' | 'role'): FleetHost[] {
  return servers.map(({ connection, lease }) => ({ connection, lease: { ...lease, change } }))
}

/** The values of a claim, and of the roles, on a slot host. */
function claimState(
  { inputs, content }: Pick<SwitchContext, 'inputs' | 'content'>,
  host: string,
  route: Route | undefined,
): StateText {
  const { servers } = inputs
  return switchState({
    kind: 'switch',
    release: content.id,
    version: content.version,
    sha: content.sha,
    manifest: '',
    slots: servers?.ports ?? [],
    check: atServer(inputs.check, addressIn(servers, host) ?? ''),
    successes: 1,
    proxies: (servers?.proxies ?? []).map(({ name }) => name),
    from: route?.from ?? '',
    slot: route?.to ?? '',
  })
}

/** Before the move: from here on no slot host stops the slot that traffic goes to, unless the runner knows that none does. */
export async function claimSlots(context: SwitchContext, saved: SavedSwitch): Promise<void> {
  const { service, claims = [] } = saved
  const leases = claims.map(({ lease }) => lease)
  const targets = armedTargets({ service, leases }, (host) => claimTarget(service, host))
  await armServers(context, saved, 'claim', { targets, changeTimeout: 30 })
}

/** After the move. */
export async function giveRoles(
  context: SwitchContext,
  saved: SavedSwitch,
  routes: ReadonlyMap<string, Route>,
): Promise<void> {
  await lockServers(context, routes, 'role')
  // A command for each slot, of a minute each, and its unit.
  await armServers(context, saved, 'role', { targets: [], changeTimeout: 180 })
}

async function armServers(
  { step, inputs, servers, signal }: SwitchContext,
  saved: SavedSwitch,
  change: 'claim' | 'role',
  how: { targets: ReturnType<typeof armedTargets>; changeTimeout: number },
): Promise<void> {
  const fleet = changing(servers, change)
  const states: HostState[] = await armFleet(
    step,
    fleet,
    {
      saved,
      undoSpec: { target: (host) => claimTarget(saved.service, host) },
      boundary: change,
      confirmTimeout: inputs.confirmTimeout + longerSeconds,
      otherwise: '',
      onPhase: (phase, host) => step.record({ event: 'phase', phase, host }),
      ...how,
    },
    signal,
  )
  assertArmed(
    fleet,
    states,
    'read the log of the slot on that host, and what `activate` and `deactivate` say; all hosts of this step are rolled back.',
  )
}
