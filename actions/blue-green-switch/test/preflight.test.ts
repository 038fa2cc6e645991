import { readInputs } from '@belay/action-kit'
import { expect, test, vi } from 'vitest'
import { readSwitchInputs } from '../src/inputs.ts'
import { assertReady, preflightFindings } from '../src/preflight.ts'
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

const slots = ['5006', '5016'].map((port, index) => ({
  port,
  weight: index === 0 ? 100 : 0,
  listening: true,
  release: '',
  sha: '',
  version: '',
}))
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
