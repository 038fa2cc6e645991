import { expect, test } from 'vitest'
import { commonValue, leaseFleet } from '../src/fleet.ts'
import { type HostTarget, parseHost } from '../src/target.ts'

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'a'], 'a'],
  [['a', 'b'], ''],
])('what all of %j say: %j', (values, said) => {
  expect(commonValue(values)).toBe(said)
})

test('a lease holds where the host is and what was begun there, and nothing else', () => {
  const connection = { target: parseHost('web1:2222', 'deploy') as HostTarget, folder: '/run/belay-1' }
  const given = {
    base: '/srv/api/qa',
    id: 'one',
    change: 'release' as const,
    knownHosts: 'web1 ssh-ed25519 A',
    key: 'a secret',
  }
  const held = {
    host: 'deploy@web1:2222',
    user: 'deploy',
    address: 'web1',
    port: 2222,
    folder: '/run/belay-1',
    base: '/srv/api/qa',
    id: 'one',
    change: 'release',
    knownHosts: 'web1 ssh-ed25519 A',
  }
  expect(leaseFleet([connection], given)).toStrictEqual([{ connection, lease: held }])
  expect(leaseFleet([connection], { ...given, shadow: true })).toStrictEqual([
    { connection, lease: { ...held, shadow: true } },
  ])
})
