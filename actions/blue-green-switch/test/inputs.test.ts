import { readInputs } from '@belay/action-kit'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readSwitchInputs } from '../src/inputs.ts'

const needed = { hosts: 'local', environment: 'production', slots: '5006 5016' }

const read = (given: Record<string, string>) => readInputs(readSwitchInputs, (name) => given[name] ?? '')
const mistakes = (given: Record<string, string>): string => {
  try {
    read({ ...needed, ...given })
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

beforeEach(() => {
  vi.stubEnv('GITHUB_REPOSITORY', 'acme/sales')
  vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
})
afterEach(() => void vi.unstubAllEnvs())

test('what is not given follows from service and environment', () => {
  expect(read(needed)).toMatchObject({
    command: 'switch',
    path: '/srv/sales/production',
    slots: ['5006', '5016'],
    proxy: {
      driver: 'nginx',
      upstream: '/etc/nginx/belay/sales-production',
      control: { kind: 'systemd', unit: 'nginx' },
    },
    weights: [],
    retain: 1800,
    drainTimeout: 10,
    successes: 3,
  })
  expect(read({ ...needed, driver: 'haproxy', weights: '5 25\n50' })).toMatchObject({
    proxy: { driver: 'haproxy', backend: 'sales-production', socket: '/run/haproxy/admin.sock' },
    weights: [5, 25, 50],
  })
})

test('a rollback goes to the previous slot, not to the commit of the job', () => {
  expect(read({ ...needed, command: 'rollback' }).release.version).toBe('previous')
  expect(read({ ...needed, command: 'rollback', version: 'v1.2.0' }).release.version).toBe('v1.2.0')
})

test('with proxies on other hosts a rollback is for deploy-ssh and a switch', () => {
  const elsewhere = { ...needed, 'proxy-hosts': 'deploy@proxy1' }
  expect(() => read({ ...elsewhere, command: 'rollback' })).toThrow(
    'command: is rollback, and the proxies are on other hosts',
  )
  expect(read(elsewhere)).toMatchObject({
    hosts: [{ name: 'deploy@proxy1' }],
    servers: { ports: ['5006', '5016'] },
    check: 'http://{host}:{slot}/health/ready',
  })
})

test('a program that controls nginx is split into words, and run without a shell', () => {
  const run = (proxy: string) => read({ ...needed, proxy }).proxy
  expect(run('compose:/srv/shop/team')).toMatchObject({
    control: { kind: 'compose', folder: '/srv/shop/team', service: 'nginx' },
  })
  expect(run('compose:/srv/shop/team:web-1')).toMatchObject({
    control: { kind: 'compose', folder: '/srv/shop/team', service: 'web-1' },
  })
  expect(run("command:docker compose exec 'the proxy'")).toMatchObject({
    control: { kind: 'command', words: ['docker', 'compose', 'exec', 'the proxy'] },
  })
})

test('weights of a variable, which a service behind HAProxy needs, are ignored behind nginx', () => {
  const settings = JSON.stringify({ BELAY_WEIGHTS: '5 25', BELAY_HOLD: '10m' })
  expect(read({ ...needed, settings }).weights).toEqual([])
})

const metrics = { metrics: 'errors: $.errors < 0.1', 'metrics-url': 'http://127.0.0.1:9090/{version}' }

test('metrics belong to weights', () => {
  const given = { ...needed, driver: 'haproxy', weights: '5 25', ...metrics, 'metrics-token': 't0ken' }
  expect(read(given).metrics).toMatchObject({
    metrics: [{ name: 'errors', condition: '< 0.1' }],
    server: { url: metrics['metrics-url'], windowSeconds: 120, token: 't0ken' },
  })
  // A variable may be meant for the gate.
  const settings = JSON.stringify({ BELAY_METRICS: metrics.metrics })
  expect(read({ ...needed, settings }).metrics).toBeUndefined()
})

describe('slots of several servers', () => {
  const servers = '10.0.0.1:5006 10.0.0.1:5016\n[fd00::2]:5006 [fd00::2]:5016\napp3.internal:5006 10.0.0.3:5006'
  const check = 'http://{host}:{slot}/health'

  test('are places, a line for each server', () => {
    expect(read({ ...needed, slots: servers, check })).toMatchObject({
      slots: servers.split(/\s/),
      check,
    })
  })

  test.each([
    [{ slots: '5006 10.0.0.1:5016' }, 'slots: has the line "5006 10.0.0.1:5016". Give a line for each server'],
    [{ slots: '10.0.0.1:5006' }, 'slots: has the line "10.0.0.1:5006"'],
    [{ slots: '10.0.0.1:5006 10.0.0.1:5016 10.0.0.2:5006 10.0.0.2:5016' }, 'slots: has the line "10.0.0.1:5006 10'],
    [{ slots: '10.0.0.1:5006 10.0.0.1:70000' }, 'slots: has the line "10.0.0.1:5006 10.0.0.1:70000"'],
    [{ slots: 'fd00::2:5006 fd00::2:5016' }, 'slots: has the line "fd00::2:5006 fd00::2:5016"'],
    [{ slots: '[fd00::zz]:5006 [fd00::2]:5016' }, 'slots: has the line "[fd00::zz]:5006'],
    [{ slots: '-a:5006 a;b:5016' }, 'slots: has the line "-a:5006 a;b:5016"'],
    [{ slots: `${servers}\n10.0.0.4:5006 10.0.0.1:5016` }, 'slots: has 10.0.0.1:5016 twice. Give each place once.'],
    [{ slots: servers, check: '' }, 'check: is missing, and only it shows what a slot of another host serves'],
    [
      { slots: servers, check: 'http://localhost:{slot}/' },
      'check: is "http://localhost:{slot}/". Give a URL as the proxy',
    ],
    [{ slots: servers, check: 'http://{host}/' }, 'check: is "http://{host}/"'],
    [{ slots: '5006 5016', check }, 'check: is "http://{host}:{slot}/health". Give a URL as the host sees it'],
  ])('%j is refused', (given, said) => {
    expect(mistakes({ check, ...given })).toContain(said)
  })
})

describe('refused, with what would be right', () => {
  test.each([
    [{ slots: '5006' }, 'slots: is "5006". Give two different ports'],
    [{ slots: '5006 5006' }, 'slots: is "5006 5006"'],
    [{ slots: '5006 70000' }, 'slots: is "5006 70000"'],
    [{ hosts: 'local\ndeploy@web1' }, 'hosts: names local beside others'],
    [{ hosts: 'deploy@web1' }, 'ssh-key: is missing'],
    [{ user: 'deploy' }, 'user: is given, and local needs no login'],
    [{ weights: '5 25' }, 'weights: is given, and nginx only moves all traffic at once'],
    [{ driver: 'haproxy', weights: '25 5' }, 'weights: is "25 5". Give rising percents'],
    [{ driver: 'haproxy', weights: '50 100' }, 'weights: is "50 100"'],
    [{ driver: 'haproxy', weights: '5 25', hold: '10m' }, 'confirm-timeout: is 600 s, but weights and drain may'],
    [metrics, 'metrics: is given without weights'],
    [
      { driver: 'haproxy', weights: '5', hold: '4s', ...metrics },
      'hold: is 4 s, and metrics that must hold 3 times in a row take more than 4 s',
    ],
    [
      { driver: 'haproxy', weights: '5', ...metrics, 'metrics-url': 'service://a/b:80' },
      'metrics-url: is a Service of a cluster, which only health-gate asks',
    ],
    [{ driver: 'haproxy', weights: '5', metrics: metrics.metrics }, 'metrics-url: is missing'],
    [{ driver: 'haproxy', backend: 'a b' }, 'backend: is "a b"'],
    [{ driver: 'haproxy', socket: 'admin.sock' }, 'socket: is "admin.sock"'],
    [{ proxy: 'compose:shop' }, 'proxy: is "compose:shop"'],
    [{ proxy: 'compose:/srv/shop/team:a b' }, 'proxy: is "compose:/srv/shop/team:a b"'],
    [{ proxy: 'nginx' }, 'proxy: is "nginx". Give systemd:UNIT'],
    [{ proxy: 'command:nginx && rm' }, 'proxy: is "command:nginx && rm"'],
    [{ upstream: '/etc/../etc' }, 'upstream: is "/etc/../etc"'],
    [{ path: '/srv' }, 'path: is "/srv"'],
    [{ check: 'http://localhost:5006/health' }, 'check: is "http://localhost:5006/health"'],
    [{ driver: 'apache' }, 'driver: is "apache". Give one of: nginx, haproxy'],
  ])('%j', (given, said) => {
    expect(mistakes(given as unknown as Record<string, string>)).toContain(said)
  })
})
