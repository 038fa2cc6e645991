import { readInputs } from '@belay/action-kit'
import { describe, expect, test } from 'vitest'
import { parseHost, readHosts } from '../src/target.ts'

describe('a line of hosts', () => {
  test.each([
    [
      'web1.example.com',
      'deploy',
      { user: 'deploy', address: 'web1.example.com', port: 22, name: 'deploy@web1.example.com' },
    ],
    ['ops@web1', 'deploy', { user: 'ops', address: 'web1', port: 22, name: 'ops@web1' }],
    ['ops@web1:2222', '', { user: 'ops', address: 'web1', port: 2222, name: 'ops@web1:2222' }],
    ['web1:22', 'deploy', { user: 'deploy', address: 'web1', port: 22, name: 'deploy@web1' }],
    ['203.0.113.7', 'deploy', { user: 'deploy', address: '203.0.113.7', port: 22, name: 'deploy@203.0.113.7' }],
    ['[2001:db8::7]', 'deploy', { user: 'deploy', address: '2001:db8::7', port: 22, name: 'deploy@[2001:db8::7]' }],
    ['ops@[2001:db8::7]:2222', '', { user: 'ops', address: '2001:db8::7', port: 2222, name: 'ops@[2001:db8::7]:2222' }],
    ['[fe80::1%eth0]', 'deploy', { user: 'deploy', address: 'fe80::1%eth0', port: 22, name: 'deploy@[fe80::1%eth0]' }],
  ])('%s', (line, user, target) => {
    expect(parseHost(line, user)).toEqual(target)
  })

  test.each([
    ['web 1', 'is not [user@]host[:port]'],
    ['web1:', 'is not [user@]host[:port]'],
    ['web1:ssh', 'is not [user@]host[:port]'],
    ['ssh://web1', 'is not [user@]host[:port]'],
    ['2001:db8::7', 'is not [user@]host[:port]'],
    ['a@b@c', 'is not [user@]host[:port]'],
    ['@web1', 'is not [user@]host[:port]'],
    ['web1,web2', 'has characters that are not allowed'],
    ['web1;id', 'has characters that are not allowed'],
    ['$(id)@web1', 'has characters that are not allowed'],
    ["ops'@web1", 'has characters that are not allowed'],
    ['-oProxyCommand=id', 'starts with a dash'],
    ['-l@web1', 'starts with a dash'],
    ['[web1]', 'has brackets around what is not an IPv6 address'],
    ['[203.0.113.7]', 'has brackets around what is not an IPv6 address'],
    ['web1:0', 'has port 0; ports go from 1 to 65535'],
    ['web1:65536', 'has port 65536; ports go from 1 to 65535'],
  ])('%s %s', (line, wrong) => {
    expect(parseHost(line, 'deploy')).toBe(`"${line}" ${wrong}`)
  })

  test('that names no user, where the input names none either', () => {
    expect(parseHost('web1', '')).toBe('"web1" names no user')
  })
})

describe('the inputs hosts and user', () => {
  const read = (inputs: Record<string, string>) => readInputs(readHosts, (name) => inputs[name] ?? '')

  test('name one host a line, whatever empty lines, comments and CRLF stand between', () => {
    const targets = read({ hosts: '\r\n  web1 \r\n# the second one\r\nops@web2:2222\r\n\r\n', user: 'deploy' })
    expect(targets.map(({ name }) => name)).toEqual(['deploy@web1', 'ops@web2:2222'])
  })

  test('the same host twice, also written in another way, is an issue', () => {
    expect(() => read({ hosts: 'web1\ndeploy@web1:22', user: 'deploy' })).toThrow('hosts: names deploy@web1 twice')
  })

  test('every bad line is named in one error', () => {
    const hosts = 'web 1\nops@web1:99999\nweb2'
    expect(() => read({ hosts })).toThrow(/"web 1" is not[\s\S]*port 99999[\s\S]*"web2" names no user/)
  })

  test('none at all is an issue', () => {
    expect(() => read({ hosts: '\n# later\n' })).toThrow('hosts: is missing')
  })
})
