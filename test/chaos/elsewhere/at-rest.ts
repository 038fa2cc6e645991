import { expect } from 'vitest'
import { waitFor } from '../../support/fixture.ts'
import { blue, green } from '../../support/slots.ts'
import type { Lab, SlotSeen } from './lab.ts'

/** v1, the first release, is filled into the last slot. */
export const [newSlot, oldSlot] = [blue, green] as const

export async function expectUsers(lab: Lab, wanted: string, context: string): Promise<void> {
  let seen = ''
  const isSo = async () => {
    seen = await lab.users()
    return seen === wanted
  }
  // A proxy that has just returned may still answer from a worker that ends.
  await waitFor(`users get ${wanted}`, 10, isSo).catch(() => expect(seen, context).toBe(wanted))
}

/** Consumers run in one slot only, and its hook was called for what its file says. */
export function expectOneActive(slots: readonly SlotSeen[], context: string): void {
  expect(slots.filter(({ role }) => role === 'active').length, context).toBe(1)
  for (const { role, hook } of slots) if (hook !== '') expect(hook, context).toBe(role)
}

/** The slot with that version, which has the traffic, is the active one of each slot host. */
export async function expectRolesFollow(lab: Lab, version: string): Promise<void> {
  for (const host of lab.slotHosts) {
    const slots = await Promise.all([newSlot, oldSlot].map((port) => lab.slotOn(host, port)))
    expect(slots.find(({ role }) => role === 'active')?.version, JSON.stringify(slots)).toBe(version)
    expectOneActive(slots, host.name)
  }
}
