import { readInputs } from '@belay/action-kit'
import { describe, expect, test, vi } from 'vitest'
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
    expect(read({})).toEqual({ slack: undefined, unusable: undefined, jobStatus: 'success' })
  })

  test('token and channel are enough; the line end of a stored token is dropped', () => {
    expect(read({ token: 'xoxb-1\n', channel: ' #releases ' }).slack).toEqual({
      token: 'xoxb-1',
      channel: '#releases',
      apiUrl: new URL('https://slack.com/api/'),
    })
  })

  test.each([
    ['https://slack-gov.com/api', 'https://slack-gov.com/api/'],
    ['http://127.0.0.1:8080/api/', 'http://127.0.0.1:8080/api/'],
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['http://[::1]:8080/', 'http://[::1]:8080/'],
  ])('api-url %s is taken', (given, taken) => {
    expect(read({ token: 'xoxb-1', channel: 'c', 'api-url': given }).slack?.apiUrl.href).toBe(taken)
  })

  // Issue 11: a message is never what makes a release red. These were errors.
  test.each<[string, Record<string, string>, string]>([
    ['a token alone', {}, 'slack-channel, or the variable BELAY_SLACK_CHANNEL'],
    ['http to elsewhere', { channel: 'c', 'api-url': 'http://slack.example/api/' }, 'unencrypted'],
    ['a name that only looks local', { channel: 'c', 'api-url': 'http://127.0.0.1.example/' }, 'unencrypted'],
    ['no address', { channel: 'c', 'api-url': 'slack.com/api' }, 'api-url is "slack.com/api", not a web address'],
  ])('%s: Slack is told nothing, and the step is not red', (_, given, said) => {
    const inputs = read({ token: 'xoxb-1', ...given })
    expect(inputs.slack).toBeUndefined()
    expect(inputs.unusable).toContain(said)
  })

  test('a status that no job has is an error', () => {
    expect(() => read({ 'job-status': 'fine' })).toThrow('job-status: is "fine"')
  })
})
