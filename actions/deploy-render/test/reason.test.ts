import { describe, expect, test } from 'vitest'
import type { Deploy } from '../src/api-objects.ts'
import { instanceFailedSince, maskedLogLines, readReason } from '../src/reason.ts'

const deploy: Deploy = { id: 'dep-1', status: 'update_failed', createdAt: '2026-01-01T00:00:00Z' }
const timestamp = '2026-01-01T00:01:00.5Z'
const ended = (reason: object, deployId = 'dep-1') => ({
  type: 'deploy_ended',
  timestamp,
  details: { deployId, reason },
})

const failed = (details: Record<string, unknown> | null) => [{ type: 'server_failed', timestamp, details }]

test('an instance that failed after the deploy went live counts, whatever reason the event gives', () => {
  expect(instanceFailedSince(failed({ reason: { nonZeroExit: 1 } }), timestamp)).toBe('it ended with status 1')
  for (const details of [null, {}, { reason: 'odd' }, { reason: null }])
    expect(instanceFailedSince(failed(details), '2026-01-01T00:01:00Z')).toBe('')
})

test('an instance that failed before the deploy went live does not count', () => {
  expect(instanceFailedSince(failed(null), '2026-01-01T00:02:00Z')).toBeUndefined()
  expect(instanceFailedSince([ended({})], '2026-01-01T00:00:00Z')).toBeUndefined()
})

describe('the reason why a deploy ended', () => {
  test.each([
    [{ nonZeroExit: 137 }, 'it ended with status 137'],
    [{ oomKilled: { memoryLimit: '512MB' } }, 'it ran out of memory (limit 512MB)'],
    [{ earlyExit: true }, 'it exited although it should keep running'],
    [{ timedOutSeconds: 900, timedOutReason: 'no port' }, 'it was not ready within 900 s: no port'],
    [{ unhealthy: 'HTTP 500' }, 'its health check failed: HTTP 500'],
    [{ evicted: true, evictionReason: 'disk' }, 'it was evicted: disk'],
    [{ evicted: false, nonZeroExit: 1, timedOutSeconds: null }, 'it ended with status 1'],
    [null, ''],
  ])('%j', (failure, why) => {
    expect(readReason([ended({ failure })], deploy)).toEqual({ why, newDeploy: undefined })
  })

  test('is of this deploy only, with the message of the registry', () => {
    const pull = { type: 'image_pull_failed', timestamp, details: { imageURL: 'acme/api:2', message: 'denied' } }
    const other = ended({ failure: { nonZeroExit: 3 } }, 'dep-2')
    expect(readReason([other, pull, ended({ failure: { earlyExit: true } })], deploy).why).toBe(
      'the image acme/api:2 could not be pulled: denied; it exited although it should keep running',
    )
    expect(readReason([ended({ newDeploy: { id: 'dep-9' } })], deploy).newDeploy).toBe('dep-9')
    expect(readReason([], deploy)).toEqual({ why: '', newDeploy: undefined })
  })
})

test('log lines show no value of a variable, no colour, and start no command', () => {
  const at = { timestamp: '2026-01-01T10:11:12.5Z' }
  const lines = [
    { ...at, message: '\u001b[1;31mfailed\u001b[0m postgres://u:secret-word@db/x' },
    { ...at, message: '::error::x ##[error]y' },
    { ...at, message: 'NODE_ENV=production yes' },
  ]
  const shown = maskedLogLines(lines, ['secret-word', 'postgres://u:secret-word@db/x', 'yes', 'multi\nsecond-line'])
  expect(shown).toEqual([
    '10:11:12 failed ***',
    '10:11:12 :\\:error:\\:x #\\#[error]y',
    '10:11:12 NODE_ENV=production yes',
  ])
})
