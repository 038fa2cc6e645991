import { readInputs } from '@belay/action-kit'
import { describe, expect, test, vi } from 'vitest'
import { addressesWithSecret } from '../../../test/support/addresses.ts'
import { readNotifyInputs } from '../src/inputs.ts'

function read(given: Record<string, string>) {
  // A secret that is read is announced to the runner on standard output.
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    return readInputs(readNotifyInputs, (name) => given[name] ?? '')
  } finally {
    write.mockRestore()
  }
}

describe('inputs', () => {
  test('with neither token nor channel ask for nothing', () => {
    expect(read({})).toEqual({ slack: undefined, unusable: [], jobStatus: 'success' })
  })

  const slack = { token: 'xoxb-1', channel: '#releases', apiUrl: new URL('https://slack.com/api/') }

  test('token and channel are enough', () => {
    expect(read({ token: 'xoxb-1', channel: '#releases' }).slack).toEqual(slack)
  })

  test('lose what surrounds them: the line end of a stored token, spaces beside a channel', () => {
    expect(read({ token: 'xoxb-1\n', channel: ' #releases ' }).slack).toEqual(slack)
  })

  test.each([
    ['https://slack-gov.com/api', 'https://slack-gov.com/api/'],
    ['http://127.0.0.1:8080/api/', 'http://127.0.0.1:8080/api/'],
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ])('api-url %s is taken', (given, taken) => {
    expect(read({ token: 'xoxb-1', channel: 'c', 'api-url': given }).slack?.apiUrl.href).toBe(taken)
  })

  test.each(addressesWithSecret)('an api-url with a login or a key in it is refused and not printed: %s', (address) => {
    const { slack, unusable } = read({ token: 'xoxb-1', channel: 'c', 'api-url': address })
    expect(slack).toBeUndefined()
    expect(JSON.stringify(unusable)).toMatch(/api-url is \\"[^"]*…/)
    expect(JSON.stringify(unusable)).not.toContain('s3cret')
  })

  // A message must not make a release red: what cannot be used is named by a warning, and the release goes on.
  test.each<[string, Record<string, string>, string[]]>([
    ['a token alone', { channel: '' }, ['the input channel is not', 'needs its quotes']],
    ['http to elsewhere', { 'api-url': 'http://slack.example/api/' }, ['api-url is', 'unencrypted']],
    ['a name that only looks local', { 'api-url': 'http://127.0.0.1.example/' }, ['unencrypted']],
    ['no address', { 'api-url': 'slack.com/api' }, ['api-url is "slack.com/api", not a web address']],
    [
      'a token of two lines',
      { token: 'xoxb-1\nxoxb-2' },
      ['input token (slack-token of release) has a line break', 'as one line'],
    ],
    ['a channel of two lines', { channel: '#a\n#b' }, ['input channel (slack-channel of release) has a line break']],
    ['an address of two lines', { 'api-url': 'https://slack.com/\napi/' }, ['input api-url', 'has a line break']],
    ['an address with a control character', { 'api-url': 'https://slack.com/\u0007' }, ['control character (U+0007)']],
    ['several at once', { channel: '', 'api-url': 'x' }, ['api-url', 'channel']],
  ])('%s cannot be used, and is no error', (_, given, parts) => {
    const { slack, unusable } = read({ token: 'xoxb-1', channel: 'c', ...given })
    expect(slack).toBeUndefined()
    const text = JSON.stringify(unusable).replaceAll('\\"', '"')
    for (const part of parts) expect(text).toContain(part)
  })

  test('a status that no job has is an error', () => {
    expect(() => read({ 'job-status': 'fine' })).toThrow('job-status: is "fine"')
  })
})
