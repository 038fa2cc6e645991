import { expect, test } from 'vitest'
import { checksOf } from '../../src/report/observe-run.ts'
import { hiderOf, mapTexts } from '../../src/report/texts.ts'
import { reportOf, rolledBack } from '../page/fixture.ts'

test('a secret is hidden in every text of a report, whole, by lines, and as the password of a URL', () => {
  const key = '-----BEGIN KEY-----\nnames the format\nline-one-of-the-key\nline-two-of-the-key\n-----END KEY-----'
  const secrets = ['xoxb-a-token', key, 'postgres://acme:rope%20%40%20knot@db/acme']
  const written =
    'xoxb-a-token line-two-of-the-key postgres://acme:rope%20%40%20knot@db/acme rope%20%40%20knot "rope @ knot"'
  const report = mapTexts(reportOf(rolledBack), (text) => `${text} ${written}`)
  const hidden = JSON.stringify(mapTexts(report, hiderOf(secrets)))
  expect(hidden).not.toMatch(/xoxb|of-the-key|rope/)
  expect(hidden).toContain('api on host-1 *** ***')
})

test('numbers and missing values stay as they are', () => {
  expect(mapTexts({ a: ['x', 1, undefined], b: { c: null } }, (text) => `${text}!`)).toEqual({
    a: ['x!', 1, undefined],
    b: { c: null },
  })
})

test('each problem is in a check: the last one has those that no other has', () => {
  const check = { what: 'api', promised: 'v1', seen: 'v2', problems: ['api must be v1'] }
  const problems = ['api must be v1', 'a secret was left in host-1:/tmp/x']
  const checks = checksOf({ checks: [check], problems })
  expect(checks.at(-1)).toMatchObject({ what: 'everything else', seen: problems[1], problems: [problems[1]] })
  expect(checksOf({ checks: [check], problems: check.problems }).at(-1)).toMatchObject({
    seen: 'as promised',
    problems: [],
  })
})
