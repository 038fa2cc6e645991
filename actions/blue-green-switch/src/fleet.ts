import { type Connection, type FleetHost, leaseFleet, quoteWords } from '@belay/host'
import type { ProxyInputs, SwitchInputs } from './inputs.ts'
import type { SlotContent } from './plan.ts'

/** Below the service's folder: a lock and a confirm timeout beside deploy-ssh's. */
export function baseOf({ path }: Pick<SwitchInputs, 'path'>): string {
  return `${path}/switch`
}

/** The hosts of a switch, each with what it is to hold there. */
export function fleetOf(connections: readonly Connection[], inputs: SwitchInputs, id: string): FleetHost[] {
  return leaseFleet(connections, { base: baseOf(inputs), id, knownHosts: inputs.credentials.knownHosts })
}

/** The values of a switch's state file: what its process, its undo and a boot hook read. */
export function stateParams(content: SlotContent, inputs: SwitchInputs): Record<string, string | number> {
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
    // A rollback must be fast.
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
  const { control } = proxy
  return { driver: 'nginx', upstream: proxy.upstream, proxy_kind: control.kind, ...controlState(control) }
}

function controlState(control: Extract<ProxyInputs, { driver: 'nginx' }>['control']): Record<string, string> {
  switch (control.kind) {
    case 'systemd':
      return { proxy: control.unit }
    case 'command':
      return { proxy: quoteWords(control.words) }
    case 'compose':
      return { proxy: control.folder, proxy_service: control.service }
  }
}

/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
export function changeSeconds(inputs: SwitchInputs): number {
  return (inputs.weights.length + 1) * 90 + inputs.weights.length * inputs.hold + inputs.drainTimeout + 150
}
