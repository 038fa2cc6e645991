import { expect, test } from 'vitest'
import { runGate } from '../src/gate.ts'
import { httpTarget } from '../src/http-target.ts'
import { parseStatusSet } from '../src/status-set.ts'
import { serve } from './servers.ts'

test('a gate does not wait for its deadline where the version is at another place of the answer', async () => {
  const { port } = await serve((_, response) => response.end('{"build":{"commit":"v2"}}'))
  const expected = { statuses: parseStatusSet('200').set, version: 'v2', versionFrom: { text: 'sha', path: ['sha'] } }
  const rules = { successes: 3, intervalMs: 10, timeoutMs: 60_000, deadlineMs: 600_000 }
  const target = httpTarget(new URL(`http://127.0.0.1:${port}/`), expected)
  const { verdict, attempts, reason } = await runGate([target], rules, new AbortController().signal)
  expect([verdict, attempts]).toEqual(['inconclusive', 3])
  expect(reason).toMatch(/has no version at `sha` of its body: it is at `build\.commit` \(all 3 probes\)$/)
})
