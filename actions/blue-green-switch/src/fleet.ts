import { type Connection, quoteWords, type StateText, switchState } from '@belay/host'
import { type Claim, type FleetHost, leaseFleet } from '@belay/host/fleet'
import type { Servers } from '@belay/host/inputs'
import type { SwitchValues } from '@belay/host/protocol'
import type { ProxyInputs, SwitchInputs } from './inputs.ts'
import type { SlotContent } from './plan.ts'

/** The hosts of a switch, each with what it is to hold there. */
export function fleetOf(connections: readonly Connection[], inputs: SwitchInputs, id: string): FleetHost[] {
  const { path: base, credentials, servers } = inputs
  const last = servers && { confirmLast: true as const }
  return leaseFleet(connections, { base, id, change: 'move', knownHosts: credentials.knownHosts, ...last })
}

/** What undo needs to know of the slot hosts. */
export function claimsOf({ addresses, ports }: Servers, hosts: readonly FleetHost[]): Claim[] {
  return hosts.map(({ lease }, index) => ({ lease, address: addresses[index] ?? '', ports }))
}

/** The values of a switch's state file: what its process, its undo and a boot hook read. */
export function stateOf(content: SlotContent, inputs: SwitchInputs): StateText {
  const rollback = inputs.command === 'rollback'
  return switchState({
    kind: rollback ? 'rollback' : 'switch',
    release: content.id,
    version: content.version,
    sha: content.sha,
    manifest: '',
    slots: inputs.slots,
    ...proxyState(inputs.proxy),
    check: inputs.check,
    // A rollback must be fast.
    weights: rollback ? [] : inputs.weights,
    hold: inputs.hold,
    ...(!rollback && inputs.metrics && { gated: true }),
    drainTimeout: rollback ? 0 : inputs.drainTimeout,
    retain: inputs.retain,
    successes: inputs.successes,
  })
}

type ProxyValues = Pick<
  SwitchValues,
  'driver' | 'proxyKind' | 'upstream' | 'proxy' | 'proxyService' | 'socket' | 'backend' | 'stateFile'
>

function proxyState(proxy: ProxyInputs): ProxyValues {
  if (proxy.driver === 'haproxy')
    return {
      driver: 'haproxy',
      socket: proxy.socket,
      backend: proxy.backend,
      stateFile: proxy.stateFile,
      proxyKind: 'socket',
    }
  const { control } = proxy
  return { driver: 'nginx', upstream: proxy.upstream, proxyKind: control.kind, ...controlState(control) }
}

function controlState(
  control: Extract<ProxyInputs, { driver: 'nginx' }>['control'],
): Pick<SwitchValues, 'proxy' | 'proxyService'> {
  switch (control.kind) {
    case 'systemd':
      return { proxy: control.unit }
    case 'command':
      return { proxy: quoteWords(control.words) }
    case 'compose':
      return { proxy: control.folder, proxyService: control.service }
  }
}

/** Seconds that an armed change may take: every part of it has a limit of its own on the host. */
export function changeSeconds(inputs: SwitchInputs): number {
  const steps = (inputs.weights.length + 1) * 90 + inputs.weights.length * inputs.hold
  // One after the other, each server's check may take its whole time.
  return steps + inputs.drainTimeout + 150 + (inputs.slots.length / 2 - 1) * 30
}
