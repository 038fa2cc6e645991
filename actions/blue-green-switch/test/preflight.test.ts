import { readInputs } from '@belay/action-kit'
import { expect, test, vi } from 'vitest'
import { readSwitchInputs } from '../src/inputs.ts'
import { assertReady, fleetFindings, preflightFindings } from '../src/preflight.ts'
import { facts } from './support/facts.ts'

vi.stubEnv('GITHUB_REPOSITORY', 'acme/sales')
vi.stubEnv('GITHUB_SHA', 'a'.repeat(40))
const given: Record<string, string> = { hosts: 'local', environment: 'production', slots: '5006 5016' }
const inputs = readInputs(readSwitchInputs, (name) => given[name] ?? '')

const sudoers = (...commands: string[]) => [
  'Sudoers entry:',
  '    RunAsUsers: root',
  '    Options: !authenticate',
  '    Commands:',
  ...commands.map((command) => `\t${command}`),
]
const both = ['/usr/sbin/nginx -t', '/usr/bin/systemctl reload nginx']

const slotOf = (name: string) => ({ name, weight: 0, listening: true, release: '', sha: '', version: '' })
const slots = ['5006', '5016'].map((name, index) => ({ ...slotOf(name), weight: index === 0 ? 100 : 0 }))
const fit = facts(slots, { sudo: sudoers(...both) })

test('a host that has everything lacks nothing', () => {
  expect(preflightFindings(fit, inputs)).toEqual([])
})

test.each(both)('without the sudo line %s it is refused, and that line is named', (line) => {
  const sudo = sudoers(...both.filter((other) => other !== line))
  const findings = preflightFindings({ ...fit, sudo }, inputs)
  const command = line.replace(/^\/usr\/s?bin\//, '')
  expect(findings).toMatchObject([{ code: 'sudo' }])
  expect(findings[0]?.text).toContain(`"sudo -n ${command}"`)
})

test('what sudo would not let it ask is not said to be wrong', () => {
  const broken = { code: 'proxy-invalid', text: 'nginx would not load its configuration: sudo: a password is required' }
  expect(preflightFindings({ ...fit, sudo: [], missing: [broken] }, inputs).map(({ code }) => code)).toEqual([
    'sudo',
    'sudo',
  ])
  expect(preflightFindings({ ...fit, missing: [broken] }, inputs).map(({ code }) => code)).toEqual(['proxy-invalid'])
})

test('split traffic is refused, but not what a lost run left: that is undone first', () => {
  const split = { ...fit, active: ['5006', '5016'], slots: fit.slots.map((slot) => ({ ...slot, weight: 50 })) }
  expect(preflightFindings(split, inputs)).toMatchObject([{ code: 'traffic-split' }])
  expect(preflightFindings({ ...split, state: 'armed' }, inputs)).toEqual([])
})

const places = '10.0.0.1:5006 10.0.0.1:5016\n10.0.0.2:5006 10.0.0.2:5016'
const elsewhere = readInputs(
  readSwitchInputs,
  (name) => ({ ...given, slots: places, check: 'http://{host}:{slot}/' })[name] ?? '',
)
/** A proxy before two servers, with these weights. */
const before = (weights: readonly number[], more = {}) =>
  facts(
    places.split(/\s/).map((name, index) => ({ ...slotOf(name), weight: weights[index] ?? 0 })),
    { sudo: sudoers(...both), hasDeployScript: false, ...more },
  )

test.each<[string, readonly number[], object, string, string]>([
  [
    'a server with traffic at both slots',
    [100, 0, 50, 50],
    {},
    'traffic-split',
    '10.0.0.2:5006 has 50, 10.0.0.2:5016 has 50',
  ],
  [
    'a server that the file does not name',
    [100, 0, 0, 0],
    {},
    'server-missing',
    'names neither 10.0.0.2:5006 nor 10.0.0.2:5016',
  ],
  [
    'a folder of deploy-ssh',
    [100, 0, 0, 100],
    { hasDeployScript: true },
    'slots-are-local',
    'releases to /srv/sales/production on this host',
  ],
])('servers behind a proxy: %s is refused', (_, weights, more, code, text) => {
  const findings = preflightFindings(before(weights, more), elsewhere)
  expect(findings).toMatchObject([{ code }])
  expect(findings[0]?.text).toContain(text)
})

test('proxies before the same servers must agree, unless a lost run is undone first', () => {
  const [one, two] = [before([100, 0, 0, 100]), before([0, 100, 0, 100], { host: 'web2' })]
  expect(fleetFindings([one, one], elsewhere)).toEqual([])
  const findings = fleetFindings([one, two], elsewhere)
  expect(findings).toMatchObject([{ host: 'web2', code: 'proxies-differ' }])
  expect(findings[0]?.text).toContain(
    'sends traffic to 10.0.0.1:5016 10.0.0.2:5016, and web1 to 10.0.0.1:5006 10.0.0.2:5016',
  )
  expect(fleetFindings([one, { ...two, state: 'armed' }], elsewhere)).toEqual([])
  // Each host with its own slots may have another one active.
  expect(fleetFindings([fit, { ...fit, active: ['5016'] }], inputs)).toEqual([])
})

test('a slot that nothing can check: neither deploy-ssh nor a check', () => {
  expect(preflightFindings({ ...fit, hasDeployScript: false }, inputs)).toMatchObject([{ code: 'check-missing' }])
  expect(
    preflightFindings({ ...fit, hasDeployScript: false }, { ...inputs, check: 'http://localhost:{slot}/' }),
  ).toEqual([])
})

test('everything is said at once, and a notice stops nothing', () => {
  const findings = preflightFindings({ ...fit, killsProcesses: true, recovery: false, sudo: [] }, inputs)
  expect(findings.map(({ code }) => code)).toEqual(['sudo', 'sudo', 'kills-processes', 'notice'])
  expect(() => assertReady(findings)).toThrow(/nginx -t[\s\S]*reload nginx[\s\S]*KillExcludeUsers/)
  expect(() => assertReady(findings.filter(({ notice }) => notice))).not.toThrow()
})
