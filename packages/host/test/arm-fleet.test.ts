import { expect, test } from 'vitest'
import { assertArmed } from '../src/arm-fleet.ts'
import { leaseFleet } from '../src/fleet.ts'
import type { HostState } from '../src/host-commands.ts'
import { type HostTarget, parseHost } from '../src/target.ts'

const connection = { target: parseHost('web1', 'deploy') as HostTarget, folder: '' }
const fleet = leaseFleet([connection], { base: '/srv/api', id: 'one', change: 'release' as const, knownHosts: '' })
const armed: HostState = {
  state: 'armed',
  decidedBy: '',
  changed: false,
  failed: undefined,
  undoFailed: '',
  restoreNote: '',
  unverified: '',
  logTail: [],
  unreadableLogs: [],
}
const said = (state: Partial<HostState>) => () => assertArmed(fleet, [{ ...armed, ...state }], 'look')

test.each<[string, Partial<HostState>, string]>([
  ['whose process still runs', {}, 'deploy@web1: its change did not finish in time; its process is still running'],
  ['whose process is gone', { state: 'dead' }, 'deploy@web1: its process ended before its change was made'],
  ['whose process is gone after it', { state: 'dead', changed: true }, 'its process ended after its change was made'],
  ['that was rolled back', { state: 'undone', decidedBy: 'timeout' }, 'deploy@web1: is undone (timeout)'],
  ['whose check failed', { failed: { failure: 'check', why: 'no answer' } }, 'deploy@web1: check failed: no answer'],
])('a host %s', (_, state, text) => {
  expect(said(state)).toThrow(text)
})

test('a host whose change is complete is not refused', () => {
  expect(said({ changed: true })).not.toThrow()
})
