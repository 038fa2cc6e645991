import { type Connection, type FleetHost, heldFleet, words } from '@belay/host'
import type { ProxyInputs, SwitchInputs } from './inputs.ts'
import type { Content } from './plan.ts'

/** Below the service's folder: a lock and a countdown beside deploy-ssh's. */
export function baseOf({ path }: Pick<SwitchInputs, 'path'>): string {
  return `${path}/switch`
}

/** The hosts of a switch, each with what it is to hold there. */
export function fleetOf(connections: readonly Connection[], inputs: SwitchInputs, id: string): FleetHost[] {
  return heldFleet(connections, { base: baseOf(inputs), id, knownHosts: inputs.credentials.knownHosts })
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
  return { driver: 'nginx', upstream: proxy.upstream, proxy_kind: run.kind, ...runState(run) }
}

function runState(run: Extract<ProxyInputs, { driver: 'nginx' }>['run']): Record<string, string> {
  switch (run.kind) {
    case 'systemd':
      return { proxy: run.unit }
    case 'command':
      return { proxy: words(run.words) }
    case 'compose':
      return { proxy: run.folder, proxy_service: run.service }
  }
}

/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
export function changeSeconds(inputs: SwitchInputs): number {
  return (inputs.weights.length + 1) * 90 + inputs.weights.length * inputs.hold + inputs.drainTimeout + 150
}
