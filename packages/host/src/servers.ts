import { isIPv6 } from 'node:net'
import type { InputReader } from '@belay/action-kit'
import { hasPlaces, issueOfPlaces, type SlotNames } from './places.ts'
import { readSlots } from './slots.ts'
import { type HostTarget, readHostLines } from './target.ts'

/** The hosts of slots whose proxies are on other hosts. */
export interface Servers {
  /** The slot hosts. */
  readonly hosts: readonly HostTarget[]
  /** The address of each, as the proxies name it. */
  readonly addresses: readonly string[]
  /** The ports of both slots, the same on every host. */
  readonly ports: readonly string[]
  readonly proxies: readonly HostTarget[]
}

/**
 * Reads `proxy-hosts`, and with it `slots` of these slot hosts: two ports, or a line for each host in the order of `hosts`.
 * Undefined where no proxy is named.
 */
export function readServers(read: InputReader, hosts: readonly HostTarget[]): Servers | undefined {
  const proxies = readHostLines(read, 'proxy-hosts')
  if (proxies.length === 0) return undefined
  const both = proxies.find(({ name }) => hosts.some((host) => host.name === name))
  if (both)
    read.issue(
      'proxy-hosts',
      `names ${both.name}, which is in hosts too`,
      'Give here only proxies on other hosts than the slots. A proxy on each slot host needs no proxy-hosts.',
    )
  return { hosts, proxies, ...readAddresses(read, hosts) }
}

function readAddresses(read: InputReader, hosts: readonly HostTarget[]): Pick<Servers, 'addresses' | 'ports'> {
  const rows = read.lines('slots').map((line) => line.split(/\s+/))
  if (!hasPlaces(rows.flat())) {
    const ports = readSlots(read, { required: 'the two ports, such as 5006 5016' })
    return { addresses: hosts.map(({ address }) => (isIPv6(address) ? `[${address}]` : address)), ports }
  }
  const ports = portsOf(rows[0] ?? [])
  const issue = issueOfPlaces(rows) ?? issueOfServers(rows, hosts, ports)
  if (issue) read.issue('slots', ...issue)
  return { addresses: rows.map(([place = '']) => addressOf(place)), ports }
}

function issueOfServers(
  rows: readonly SlotNames[],
  hosts: readonly HostTarget[],
  ports: SlotNames,
): readonly [string, string] | undefined {
  if (rows.length !== hosts.length)
    return [`has ${rows.length} lines for ${hosts.length} hosts`, 'Give a line for each host, in the order of hosts.']
  const two = rows.find(([one = '', other = '']) => addressOf(one) !== addressOf(other))
  if (two)
    return [`has two addresses in "${two.join(' ')}"`, 'Give both slots of a host with the address of that host.']
  const differs = rows.find((row) => portsOf(row).toSorted().join() !== ports.toSorted().join())
  if (!differs) return undefined
  return [
    `has other ports in "${differs.join(' ')}" than ${ports.join(' and ')}`,
    'Give every host the same two ports.',
  ]
}

function addressOf(place: string): string {
  return place.slice(0, place.lastIndexOf(':'))
}

function portsOf(places: SlotNames): string[] {
  return places.map((place) => place.slice(place.lastIndexOf(':') + 1))
}

/** A slot host's address as the proxies before it name it; undefined where they are on the host itself. */
export function addressIn(servers: Servers | undefined, host: string): string | undefined {
  return servers?.addresses[servers.hosts.findIndex(({ name }) => name === host)]
}

/** A text about a server of its own: `{host}` is its address. */
export function atServer(text: string, address: string): string {
  return text.replaceAll('{host}', address)
}
