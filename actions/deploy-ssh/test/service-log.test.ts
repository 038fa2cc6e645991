import { expect, test } from 'vitest'
import type { Restart } from '../src/inputs.ts'
import { describeUnreadableLog, logRemedy } from '../src/service-log.ts'

const silent = { logTail: [], unreadableLogs: [] }
const where = { slots: [], path: '/srv/site/qa' }

test.each<[Restart, RegExp]>([
  [{ kind: 'systemd', unit: 'site-qa' }, /systemctl status site-qa$/],
  [{ kind: 'compose', folder: '/srv/shop/compose' }, /in \/srv\/shop\/compose: docker compose logs$/],
  [{ kind: 'command', words: ['/usr/local/bin/up', 'qa'] }, /what \/usr\/local\/bin\/up starts/],
  [{ kind: 'none' }, /what serves \/srv\/site\/qa\/current \(such as nginx\).* nothing is restarted\.$/],
])('a failed release without a log line names where %j writes', (restart, remedy) => {
  expect(logRemedy({ ...where, restart }, [silent])).toMatch(remedy)
})

test('a log that was read, or that could not be read, comes first', () => {
  const inputs = { ...where, restart: { kind: 'systemd', unit: 'site-qa' } } as const
  expect(logRemedy(inputs, [silent, { ...silent, logTail: ['no such table'] }])).toMatch(/above\.$/)
  expect(logRemedy(inputs, [silent, { ...silent, unreadableLogs: ['journal'] }])).toMatch(/^let the deploy user read/)
})

test('a log without a unit of systemd is described without one', () => {
  expect(describeUnreadableLog('nowhere', '', 'deploy')).toBe(
    'the service writes to neither a file nor the journal: let it write to a file that deploy can read',
  )
  expect(describeUnreadableLog('nowhere', 'api-qa', 'deploy')).toMatch(/^api-qa writes .* StandardOutput= of the unit$/)
  expect(describeUnreadableLog('file /var/log/a b', '', 'deploy')).toMatch(
    /^deploy cannot read \/var\/log\/a b, to which the service/,
  )
})
