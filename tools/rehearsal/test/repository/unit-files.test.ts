import { expect, test } from 'vitest'
import { unitFileName, unitName } from '../../src/repository/unit-files.ts'

test.each([
  ['systemd:api-qa', 'api-qa.service', 'api-qa.service'],
  ['systemd:api-qa.service', 'api-qa.service', 'api-qa.service'],
  ['systemd:worker@api', 'worker@api.service', 'worker@.service'],
  ['systemd:worker@api.service', 'worker@api.service', 'worker@.service'],
  ['command:/usr/local/bin/up', undefined, undefined],
  ['none', undefined, undefined],
])('%s is run by the unit %s, whose file is %s', (restart, name, file) => {
  expect([unitName({ restart }), unitFileName({ restart })]).toEqual([name, file])
})
