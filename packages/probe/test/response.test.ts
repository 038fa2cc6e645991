import { expect, test } from 'vitest'
import { assess, type ProbeResponse, type ResponseExpectation } from '../src/response.ts'
import { parseStatusSet } from '../src/status-set.ts'
import { parseVersionSource } from '../src/version-source.ts'

const sha = '3f2a9c1b7d043f2a9c1b7d043f2a9c1b7d043f2a'

function expected(version?: string, from = 'sha', status = '200-299'): ResponseExpectation {
  const versionFrom = parseVersionSource(from)
  if (!versionFrom) throw new Error(from)
  return { statuses: parseStatusSet(status).set, version, versionFrom }
}

function answer(status: number, body = '', headers: ProbeResponse['headers'] = {}): ProbeResponse {
  return { status, headers, body: Buffer.from(body), truncated: false }
}

const wanted = JSON.stringify({ status: 'ok', sha })

test.each<[string, ProbeResponse, ResponseExpectation, string, string]>([
  ['the required version', answer(200, wanted), expected(sha), 'pass', `answered 200 with version \`${sha}\``],
  ['no version required', answer(200, 'ok'), expected(), 'pass', 'answered 200'],
  ['nothing at all, nothing required', answer(204), expected(), 'pass', 'answered 204'],
  [
    'the old version',
    answer(200, '{"sha":"old"}'),
    expected(sha),
    'wrong-version',
    `answered 200 with version \`old\`, not \`${sha}\``,
  ],
  [
    'a part of the version',
    answer(200, '{"sha":"3f2a9c1b7d04"}'),
    expected(sha),
    'wrong-version',
    `answered 200 with version \`3f2a9c1b7d04\`, not \`${sha}\``,
  ],
  ['503 with the version', answer(503, wanted), expected(sha), 'fail', 'answered 503'],
  ['404', answer(404), expected(), 'fail', 'answered 404'],
  [
    'down, and no version',
    answer(200, '{"status":"down"}'),
    expected(sha),
    'error',
    'answered 200, but has no version at `sha` of its body',
  ],
  [
    'an empty version',
    answer(200, '{"sha":""}'),
    expected(sha),
    'error',
    'answered 200, but has no version at `sha` of its body',
  ],
  [
    'null for a version',
    answer(200, '{"sha":null}'),
    expected(sha),
    'error',
    'answered 200, but has no version at `sha` of its body',
  ],
  [
    'an object for a version',
    answer(200, '{"sha":{}}'),
    expected(sha),
    'error',
    'answered 200, but has no version at `sha` of its body',
  ],
  [
    'a page instead of JSON',
    answer(200, '<!doctype html>'),
    expected(sha),
    'error',
    'answered 200, but its body is not JSON, so no version was read from it',
  ],
  [
    'bytes that are no text',
    { ...answer(200), body: Buffer.from([0x22, 0xff, 0x22]) },
    expected(sha),
    'error',
    'answered 200, but its body is not JSON, so no version was read from it',
  ],
  ['a byte order mark', answer(200, `\ufeff${wanted}`), expected(sha), 'pass', `answered 200 with version \`${sha}\``],
  [
    'a body past the limit',
    { ...answer(200, wanted), truncated: true },
    expected(sha),
    'error',
    'answered 200, but its body is larger than 64 KiB, so no version was read from it',
  ],
  [
    'a number',
    answer(200, '{"build":{"n":[41,42]}}'),
    expected('42', '$.build.n[1]'),
    'pass',
    'answered 200 with version `42`',
  ],
  [
    'a header',
    answer(200, 'hi', { 'x-version': sha }),
    expected(sha, 'header:X-Version'),
    'pass',
    `answered 200 with version \`${sha}\``,
  ],
  [
    'a header beside a body past the limit',
    { ...answer(200, '', { 'x-version': 'v2' }), truncated: true },
    expected('v2', 'header:X-Version'),
    'pass',
    'answered 200 with version `v2`',
  ],
  [
    'no such header',
    answer(200, wanted),
    expected(sha, 'header:X-Version'),
    'error',
    'answered 200, but has no header x-version with its version: it is at `sha`',
  ],
  [
    'the version at another place',
    answer(200, JSON.stringify({ status: 'ok', 'git.info': [{ commit: sha }] })),
    expected(sha),
    'error',
    "answered 200, but has no version at `sha` of its body: it is at `$['git.info'][0].commit`",
  ],
  [
    'the version in a header',
    answer(200, '{"sha":""}', { 'x-version': sha }),
    expected(sha),
    'error',
    'answered 200, but has no version at `sha` of its body: it is at `header:x-version`',
  ],
  [
    'another version at another place',
    answer(200, '{"build":{"commit":"old"}}'),
    expected(sha),
    'error',
    'answered 200, but has no version at `sha` of its body',
  ],
  [
    'a redirect',
    answer(302, '', { location: 'https://login.example.com/?next=secret' }),
    expected(),
    'fail',
    'answered 302, a redirect to https://login.example.com/',
  ],
  [
    'a redirect that is expected',
    answer(302, '', { location: '/' }),
    expected(undefined, 'sha', '302'),
    'pass',
    'answered 302',
  ],
  ['304', answer(304), expected(), 'fail', 'answered 304'],
  [
    'commands in a version',
    answer(200, '{"sha":"x\\n::set-output name=a::b"}'),
    expected(sha),
    'wrong-version',
    `answered 200 with version \`x\\x0a:\\:set-output name=a:\\:b\`, not \`${sha}\``,
  ],
])('%s', (_, given, expectation, kind, said) => {
  expect(assess(given, expectation)).toMatchObject({ kind, message: said })
})

test('the version is reported where none is required, and beside a wrong status', () => {
  expect(assess(answer(200, wanted), expected()).version).toBe(sha)
  expect(assess(answer(503, wanted), expected(sha)).version).toBe(sha)
  expect(assess(answer(200, 'ok'), expected()).version).toBeUndefined()
})

test('a version is compared whole and shown short', () => {
  const long = 'v'.repeat(5000)
  expect(assess(answer(200, JSON.stringify({ sha: long })), expected(long))).toMatchObject({
    kind: 'pass',
    version: `${'v'.repeat(100)}…`,
  })
})
