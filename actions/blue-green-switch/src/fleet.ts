import { Failure } from '@belay/action-kit'
import { actor, type Connection, type Held, type HostState, undo as undoOnHost, words } from '@belay/remote'
import type { ProxyInputs, SwitchInputs } from './inputs.ts'
import type { Content } from './plan.ts'
import { script } from './script.ts'

/** One host of the fleet while its traffic is moved. */
export interface FleetHost {
  readonly connection: Connection
  readonly held: Held
}

/** Below the service's folder: a lock and a countdown beside deploy-ssh's. */
export function baseOf({ path }: Pick<SwitchInputs, 'path'>): string {
  return `${path}/switch`
}

export function fleetOf(connections: readonly Connection[], inputs: SwitchInputs, id: string): FleetHost[] {
  return connections.map((connection) => ({ connection, held: heldBy(connection, inputs, id) }))
}

function heldBy({ target, folder }: Connection, inputs: SwitchInputs, id: string): Held {
  return {
    host: target.name,
    user: target.user,
    address: target.address,
    port: target.port,
    folder,
    base: baseOf(inputs),
    id,
    knownHosts: inputs.credentials.knownHosts,
  }
}

/** The values of a switch's state file: what its process, its undo and a boot hook read. */
export function stateOf(content: Content, inputs: SwitchInputs): Record<string, string | number> {
  const rollback = inputs.command === 'rollback'
  return {
    kind: rollback ? 'rollback' : 'switch',
    release: content.id,
    version: content.version,
    sha: content.sha,
    manifest: '',
    slots: inputs.slots.join(' '),
    ...proxyState(inputs.proxy),
    check: inputs.check,
    // Whoever goes back is in a hurry.
    weights: rollback ? '' : inputs.weights.join(' '),
    hold: inputs.hold,
    drain: rollback ? 0 : inputs.drainTimeout,
    retain: inputs.retain,
    successes: inputs.successes,
  }
}

function proxyState(proxy: ProxyInputs): Record<string, string> {
  if (proxy.driver === 'haproxy')
    return {
      driver: 'haproxy',
      socket: proxy.socket,
      backend: proxy.backend,
      state_file: proxy.stateFile,
      proxy_kind: 'socket',
    }
  const { run } = proxy
  return {
    driver: 'nginx',
    upstream: proxy.upstream,
    proxy_kind: run.kind,
    proxy: run.kind === 'systemd' ? run.unit : words(run.words),
  }
}

/** Who holds a host's lock, for the people who find it there. */
export function ownerNote({ release }: SwitchInputs): string {
  return `${actor('held')}, traffic of ${release.service} ${release.environment}, since ${new Date().toISOString()}`
}

/** Gives a lock back that nothing was done under. */
export async function giveBack({ connection, held }: FleetHost): Promise<HostState> {
  return undoOnHost(connection, held, script, 5)
}

/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
export function changeSeconds(inputs: SwitchInputs): number {
  return (inputs.weights.length + 1) * 60 + inputs.weights.length * inputs.hold + inputs.drainTimeout + 150
}

/**
 * Runs a task with a signal that is aborted when the step is interrupted or when `seconds` are over.
 * @throws Failure `deadline` where it was the latter
 */
export async function withinDeadline<T>(
  signal: AbortSignal,
  seconds: number,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(seconds * 1000)
  try {
    return await task(AbortSignal.any([signal, deadline]))
  } catch (cause) {
    if (!deadline.aborted || signal.aborted) throw cause
    throw new Failure('deadline', `The deadline of ${seconds} s passed.`, 'raise the input deadline.', { cause })
  }
}
