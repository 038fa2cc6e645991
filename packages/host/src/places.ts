import { isIPv6 } from 'node:net'
import type { InputReader } from '@belay/action-kit'
import { type Issue, isPort, issueOfPorts } from './slots.ts'

/** The slots of a service as its proxy names them: two ports of the proxy's own host, or places `ADDRESS:PORT`, in pairs. */
export type SlotNames = readonly string[]

/**
 * Reads the slots of a switch: both ports, on one line or two, or a line for each server with its two places. They follow
 * one another in pairs.
 */
export function readSlotNames(read: InputReader): SlotNames {
  const example = 'the two ports, such as 5006 5016, or a line for each server: ADDRESS:PORT ADDRESS:PORT'
  const rows = read.lines('slots', { required: example }).map((line) => line.split(/\s+/))
  const names = rows.flat()
  const issue = hasPlaces(names) ? issueOfPlaces(rows) : issueOfPorts(names)
  if (issue === undefined) return names
  read.issue('slots', ...issue)
  return []
}

/** Whether slots are places: what is in them is not known to the proxy's host. */
export function hasPlaces(names: SlotNames): boolean {
  return names.some((name) => name.includes(':'))
}

/** The two slots of each server. */
export function pairsOf<Slot>(slots: readonly Slot[]): (readonly [Slot, Slot])[] {
  const pairs: [Slot, Slot][] = []
  for (let index = 0; index + 1 < slots.length; index += 2) pairs.push([slots[index] as Slot, slots[index + 1] as Slot])
  return pairs
}

/** What is wrong with lines of two places each, where anything is. */
export function issueOfPlaces(rows: readonly SlotNames[]): Issue | undefined {
  const row = rows.find((names) => names.length !== 2 || !names.every(isPlace))
  const remedy = 'Give a line for each server, with both places as the proxy names them: 10.0.0.1:5006 10.0.0.1:5016.'
  if (row) return [`has the line "${row.join(' ')}"`, remedy]
  const names = rows.flat()
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  return twice === undefined ? undefined : [`has ${twice} twice`, 'Give each place once.']
}

/** An IPv4 address, a name, or an IPv6 address in brackets; then a port. */
function isPlace(name: string): boolean {
  const [, address = '', port = ''] = /^(.+):([^:]+)$/.exec(name) ?? []
  const inBrackets = /^\[([0-9A-Fa-f:.]+)\]$/.exec(address)?.[1]
  const isName = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(address)
  return isPort(port) && (isName || (inBrackets !== undefined && isIPv6(inBrackets)))
}

/** The slots of servers as their proxies name them, in pairs. */
export function placesOf({ addresses, ports }: { addresses: readonly string[]; ports: readonly string[] }): string[] {
  return addresses.flatMap((address) => ports.map((port) => `${address}:${port}`))
}
