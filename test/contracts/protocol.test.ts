import { expect, test } from 'vitest'
import { declared, differences, hostScripts } from './host-protocol.ts'

test('host scripts and protocol.ts have the same names', () => {
  expect(differences(hostScripts(), declared())).toEqual([])
})
