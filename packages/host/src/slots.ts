import type { InputReader } from '@belay/action-kit'

/** Reads both ports of a service with slots, on one line or two; empty where none are given and none are required. */
export function readSlots(read: InputReader, options: { required?: string } = {}): string[] {
  const slots = read.lines('slots', options).flatMap((line) => line.split(/\s+/))
  const issue = issueOfPorts(slots)
  if (issue === undefined) return slots
  read.issue('slots', ...issue)
  return []
}

/** What is wrong, and what would be right. */
export type Issue = readonly [what: string, remedy: string]

/** What is wrong with the ports of slots, where any are given. */
export function issueOfPorts(ports: readonly string[]): Issue | undefined {
  const isPair = ports.length === 2 && ports.every(isPort) && ports[0] !== ports[1]
  return ports.length === 0 || isPair ? undefined : [`is "${ports.join(' ')}"`, 'Give two different ports: 5006 5016.']
}

export function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535
}
