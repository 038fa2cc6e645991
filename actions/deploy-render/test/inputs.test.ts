import { readInputs } from '@belay/action-kit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { addressesWithSecret } from '../../../test/support/addresses.ts'
import { readRenderInputs } from '../src/inputs.ts'

const least = { 'api-key': 'rnd_key-of-the-test', services: 'api', environment: 'qa' }

let printed = ''
beforeEach(() => {
  printed = ''
  vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/acme')
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text
    return true
  })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

function read(given: Record<string, string>) {
  return readInputs(readRenderInputs, (name) => ({ ...least, ...given })[name as keyof typeof least] ?? '')
}

test('the required inputs alone give the defaults', () => {
  expect(read({})).toMatchObject({
    groups: [['api']],
    api: { url: 'https://api.render.com/v1' },
    release: { service: 'acme', environment: 'qa' },
    allowOlder: false,
    deadline: 2700,
  })
})

test('lines are groups, and an id is one', () => {
  expect(read({ services: 'database\n# then\napi, worker\nfrontend' }).groups).toEqual([
    ['database'],
    ['api', 'worker'],
    ['frontend'],
  ])
  const id = 'srv-ctq8f5pu0jms73d5e5e0'
  expect(read({ services: '', 'service-id': id }).groups).toEqual([[id]])
})

const env = 'A=1=2\nweb B=long-enough-value\nC='

test('variables are of all services or of one', () => {
  expect(read({ services: 'api web', env }).variables).toEqual([
    { service: undefined, key: 'A', value: '1=2' },
    { service: 'web', key: 'B', value: 'long-enough-value' },
    { service: undefined, key: 'C', value: '' },
  ])
})

test('long values of variables are masked, short ones are not', () => {
  read({ services: 'api web', env })
  expect(printed).toContain('::add-mask::long-enough-value')
  expect(printed).not.toContain('::add-mask::1=2')
})

test('an unusable line of variables is an error that does not show it', () => {
  expect(() => read({ env: 'no-equals-secret' })).toThrow(/^(?!.*no-equals-secret)/s)
})

test('a value may have spaces and equals signs, and is neither split nor shown', () => {
  const { variables } = read({ env: 'DATABASE_URL=host=db user=ada password=hunter2-of-db\napi OPTIONS=-a B=c' })
  expect(variables).toEqual([
    { service: undefined, key: 'DATABASE_URL', value: 'host=db user=ada password=hunter2-of-db' },
    { service: 'api', key: 'OPTIONS', value: '-a B=c' },
  ])
})

describe('unusable inputs', () => {
  test.each<[Record<string, string>, RegExp]>([
    [{ services: '' }, /services: names no service/],
    [{ 'service-id': 'srv-ctq8f5pu0jms73d5e5e0' }, /services: is given together with service-id/],
    [{ services: '', 'service-id': 'api' }, /service-id: is "api"/],
    [{ services: 'api\nweb api' }, /names "api" twice/],
    [{ 'api-key': '' }, /api-key: is missing/],
    [{ 'owner-id': 'acme' }, /owner-id: is "acme"/],
    [{ image: 'ghcr.io/acme/api' }, /image: "ghcr.io\/acme\/api" names no version/],
    [{ env: 'web A=1' }, /env: names "web", which is not among the services/],
    [{ checks: 'web /health' }, /checks: names "web"/],
    [{ services: 'api web', checks: '/health?key=x' }, /checks: does not say which service \/health\?… belongs to/],
    [{ checks: 'api health' }, /checks: has the line "api health"/],
    [{ 'version-from': 'a..b' }, /version-from: is "a\.\.b"/],
    [{ 'undo-disks': 'db' }, /undo-disks: names "db"/],
    [{ 'api-url': 'http://api.example.com' }, /api-url: .*unencrypted/],
    [{ deadline: '1s' }, /deadline: is 1 s/],
  ])('%j', (given, message) => {
    expect(() => read(given)).toThrow(message)
  })

  test.each(addressesWithSecret)('an address with a login or a key in it is refused and not printed: %s', (address) => {
    expect(() => read({ 'api-url': address })).toThrow(/api-url: is "[^"]*…/)
    expect(() => read({ 'api-url': address })).not.toThrow('s3cret')
    expect(() => read({ checks: address.replace('https:', 'ftp:') })).not.toThrow('s3cret')
  })

  test('are all reported at once', () => {
    expect(() => read({ services: '', 'owner-id': 'x', deadline: 'y' })).toThrow('3 inputs are invalid')
  })
})
