import type { InputReader } from '@belay/action-kit'

/** Reads both ports of a service with slots, on one line or two; empty where none are given and none are required. */
export function readSlots(read: InputReader, options: { required?: string } = {}): string[] {
  const slots = read.lines('slots', options).flatMap((line) => line.split(/\s+/))
  if (slots.length === 0 || (slots.length === 2 && slots.every(isPort) && slots[0] !== slots[1])) return slots
  read.issue('slots', `is "${slots.join(' ')}"`, 'Give two different ports: 5006 5016.')
  return []
}

export function isPort(text: string): boolean {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535
}
