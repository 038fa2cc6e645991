import type { PromisedElsewhere } from '@belay/rehearsal'
import { expect } from 'vitest'
import { expectOneActive, expectUsers, newSlot, oldSlot } from '../chaos/elsewhere/at-rest.ts'
import type { Lab, SlotSeen } from '../chaos/elsewhere/lab.ts'
import type { Played } from './scenarios.ts'

/** What a cell says of slots. */
interface SlotsPromise {
  readonly version?: 'runs' | 'nothing'
  readonly role?: 'active' | 'idle'
  readonly isNamed: boolean
}

const words: Record<string, Partial<SlotsPromise>> = {
  run: { version: 'runs' },
  stopped: { version: 'nothing' },
  dead: { version: 'nothing' },
  active: { role: 'active' },
  idle: { role: 'idle' },
  named: { isNamed: true },
  later: {},
}

/** A cell's first part is of all slot hosts, what comes after `there` of the one that was cut off. */
function slotsPromise(cell: string, isThere: boolean): SlotsPromise {
  const [general = '', special = ''] = cell.split('; there ')
  const parts = isThere ? `${general}, ${special}` : general
  const said = parts.split(', ').filter((word) => word !== '')
  const unknown = said.find((word) => words[word] === undefined)
  if (unknown !== undefined) throw new Error(`the table says "${unknown}" of slots, which no test knows`)
  return Object.assign({ isNamed: false }, ...said.map((word) => words[word]))
}

const served: Record<string, string> = { new: 'v2', old: 'v1', 'by hand': 'v2' }

function usersPromise(cell: string, isThatProxy: boolean): string {
  const [general = '', special] = cell.split('; through that proxy ')
  const said = (isThatProxy && special ? special : general).replace(/, later$/, '')
  const version = served[said]
  if (version === undefined) throw new Error(`the table says users get "${said}", which no test knows`)
  return version
}

/** Whether a part of the row comes about by a countdown. */
export function isLater({ serves, slot, formerSlot }: PromisedElsewhere): boolean {
  return /\blater\b/.test([serves, slot, formerSlot].join(' '))
}

/** What users of each proxy get, and what is in every slot, at rest. */
export async function expectAtRest(lab: Lab, promised: PromisedElsewhere, played: Played, context: string) {
  const users = lab.proxies.map((_, index) => usersPromise(promised.serves, index === played.thatProxy)).join(' | ')
  await expectUsers(lab, users, context)
  for (const [index, host] of lab.slotHosts.entries()) {
    const slots = [await lab.slotOn(host, newSlot), await lab.slotOn(host, oldSlot)] as const
    const said = `slot host ${index + 1}: new and old ${JSON.stringify(slots)}; ${JSON.stringify(promised)}\n${context}`
    const isThere = index === played.there
    const { log } = played.completed
    expectSlot(slots[0], 'v2', slotsPromise(promised.slot, isThere), said)
    // Of old slots the row may speak of those alone that the test has stopped.
    const old = played.dead && !played.dead.includes(index) ? 'run' : promised.formerSlot
    expectSlot(slots[1], 'v1', slotsPromise(old, isThere), said)
    if (slotsPromise(promised.slot, isThere).isNamed) expect(log, said).toContain(host.target)
    if (slotsPromise(old, isThere).isNamed) expect(log, said).toContain(`${host.address}:${oldSlot}`)
    expectOneActive(slots, said)
  }
}

function expectSlot(seen: SlotSeen, version: string, { version: holds, role }: SlotsPromise, context: string): void {
  if (holds) expect(seen.version, context).toBe(holds === 'runs' ? version : '-')
  if (role) expect(seen.role, context).toBe(role)
}
