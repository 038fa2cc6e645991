import { expect, test } from 'vitest'
import { slotsCheck } from '../../src/checks/slots.ts'
import { v1, v2 } from '../../src/version.ts'

const slots = [
  { port: '5001', sha: v1.sha },
  { port: '5011', sha: undefined },
]

test('both slots, which of them has the traffic, and what was promised', () => {
  const seen = { routed: ['5001'], slots, locked: [], open: [] }
  expect(slotsCheck('api on host-1', { version: v1, idleStopped: true }, seen, [v1, v2], [])).toEqual({
    what: 'api on host-1',
    promised: 'users get v1.0.0, the other slot is stopped, locks free',
    seen: 'slot 5001 with the traffic: v1.0.0, slot 5011: stopped, locks free',
    problems: [],
  })
})

test('a lock that is held, and a change that is open', () => {
  const seen = { routed: [], slots: [], locked: ['/srv/api'], open: ['000002-x.armed'] }
  expect(slotsCheck('api', { version: undefined, idleStopped: false }, seen, [], ['wrong'])).toMatchObject({
    promised: 'no slot answers, locks free',
    seen: 'locks held, open: 000002-x.armed',
    problems: ['wrong'],
  })
})
