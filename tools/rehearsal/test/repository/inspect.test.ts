import { expect, test } from 'vitest'
import { commitIn, versionIn } from '../../src/repository/inspect.ts'
import { madeUpSecrets } from '../../src/repository/secrets.ts'

test('every secret is made up, by the input that gets it', () => {
  const steps = [
    { path: 'release/release', inputs: { 'ssh-key': '<secret:DEPLOY_KEY>', 'slack-token': '<secret:SLACK>' } },
    { path: 'release/smoke', inputs: {}, written: {}, run: 'curl $' + '{{ secrets.ADMIN_KEY }}' },
    { path: 'release/other', inputs: {}, env: { B: '$' + '{{ secrets.OTHER }}' } },
  ].map((step) => ({ job: 'release', environment: 'qa', written: {}, env: {}, ...step }))
  const from = { sshKey: 'a key', slackToken: 'a token', databaseUrl: undefined }
  expect(madeUpSecrets(steps, from)).toEqual({
    DEPLOY_KEY: 'a key',
    SLACK: 'a token',
    ADMIN_KEY: expect.stringMatching(/^made-up-[0-9a-f]{18}$/),
    OTHER: expect.stringMatching(/^made-up-/),
  })
})

test.each([
  ['HTTP/1.1 200 OK\r\nX: y\r\n\r\n{"sha":"abc"}', 'sha', 'abc'],
  ['HTTP/1.1 200 OK\r\nX-Version: abc\r\n\r\n', 'header:x-version', 'abc'],
  ['HTTP/1.1 200 OK\r\n\r\nno json', 'sha', undefined],
  ['HTTP/1.1 503 Service Unavailable\r\n\r\n{"sha":"abc"}', 'sha', 'abc'],
])('the version in an answer: %j at %s', (answer, from, version) => {
  expect(versionIn(answer, from).version).toBe(version)
})

test('the commit in the name of a release', () => {
  expect(commitIn('releases/20261129T105215Z-4f0c1d7e92b3-1-1-0ace10e7')).toBe('4f0c1d7e92b3')
})
