import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { describeIf } from '../../../test/support/need.ts'
import type { DeployInputs, Restart } from '../src/inputs.ts'
import { loginsOf, rootScript } from '../src/root-script.ts'

const inputs = (restart: Restart, service = 'acme.api') =>
  ({
    release: { service, environment: 'qa' },
    path: `/srv/${service}/qa`,
    restart,
    slots: [],
  }) as unknown as DeployInputs

const slotted = (restart: Restart) => ({ ...inputs(restart), slots: ['5006', '5016'] })

const scripts = [
  { name: 'a unit', text: rootScript(inputs({ kind: 'systemd', unit: 'acme-api-qa' }), 'deploy') },
  { name: 'an instance of a unit', text: rootScript(inputs({ kind: 'systemd', unit: 'acme@1:2.service' }), 'deploy') },
  { name: 'an escaped unit', text: rootScript(inputs({ kind: 'systemd', unit: 'acme\\x2dapi.service' }), 'deploy') },
  { name: 'two slots', text: rootScript(slotted({ kind: 'systemd', unit: 'acme@{slot}' }), 'deploy') },
  {
    name: 'two slots that a command restarts',
    text: rootScript(slotted({ kind: 'command', words: ['r', '{slot}'] }), 'deploy'),
  },
  { name: 'Compose', text: rootScript(inputs({ kind: 'compose', folder: '/srv/team/shop' }), 'deploy') },
  {
    name: 'two places by Compose',
    text: rootScript(slotted({ kind: 'compose', folder: '/srv/team/shop' }), 'deploy'),
  },
  { name: 'a command', text: rootScript(inputs({ kind: 'command', words: ['sv', 'restart'] }), 'deploy') },
]

/** Hands text to a program by standard input; its words where it is not content, else nothing. */
function complaint(program: string, args: string[], input: string): string {
  const { status, stdout, stderr } = spawnSync(program, args, { input, encoding: 'utf8', timeout: 20_000 })
  return status === 0 ? '' : `${stdout}${stderr}`
}

/** The text between a here-document's marks. */
const hereDocument = (text: string, mark: string) => text.split(`<<'${mark}'\n`)[1]?.split(`\n${mark}\n`)[0] ?? ''

describe.each(scripts)('the script for root, of $name', ({ text }) => {
  test('is shell that dash reads and that stops at the first error', () => {
    expect(complaint('dash', ['-n'], text)).toBe('')
    expect(text).toContain('\nset -eu\n')
  })

  test('asks for no wildcard and no shell', () => {
    const sudoers = hereDocument(text, 'SUDOERS')
    expect(sudoers).not.toMatch(/[*?[]|\/(ba|da)?sh\b|systemd-run/)
    const units = text.includes('slots') ? 10 : 3
    expect(sudoers.split('\n').filter((line) => line.includes('systemctl') && !line.includes('nginx')).length).toBe(
      text.includes('reset-failed') ? units : 0,
    )
  })
})

test('names in the script are those of the inputs, each login once', () => {
  const hosts = ['deploy', 'ops', 'deploy'].map((user, index) => ({ user, address: `web${index}`, port: 22, name: '' }))
  expect(loginsOf({ hosts })).toEqual(['deploy', 'ops'])
})

describeIf(whyMissing('shellcheck'))('the script for root passes shellcheck', () => {
  test.each(scripts)('of $name', ({ text }) => {
    expect(complaint('shellcheck', ['-s', 'sh', '-'], text)).toBe('')
  })
})

describeIf(whyMissing('visudo'))('sudo takes the lines for root', () => {
  test.each(scripts.filter(({ text }) => text.includes('SUDOERS')))('of $name', ({ text }) => {
    expect(complaint('/usr/sbin/visudo', ['-cf', '-'], `${hereDocument(text, 'SUDOERS')}\n`)).toBe('')
  })
})

test('the unit that catches a reboot comes before the service and starts with it', () => {
  const unit = hereDocument(scripts[0]?.text ?? '', 'UNIT')
  expect(unit).toContain('\nBefore=acme-api-qa.service\n')
  expect(unit).toContain('\nExecStart=/bin/sh /srv/acme.api/qa/.belay/deploy-ssh.sh recover\n')
  expect(unit).toContain('WantedBy=acme-api-qa.service')
})

describe('for a unit without slots', () => {
  const text = scripts[0]?.text ?? ''

  test('lets deploy read the journal', () => {
    expect(text).toContain("\nusermod -a -G systemd-journal 'deploy'\n")
  })

  test('makes a folder that the service writes to', () => {
    expect(text).toContain("install -d -o 'deploy' -g www-data -m 2770 '/srv/acme.api/qa/shared'\n")
  })

  test('shows the unit to write', () => {
    expect(text).toContain('/etc/systemd/system/acme-api-qa.service')
    expect(text).toContain('#   WorkingDirectory=/srv/acme.api/qa/current\n')
  })
})

describe('with Compose', () => {
  const text = scripts.find(({ name }) => name === 'two places by Compose')?.text ?? ''
  const units = text.split("<<'UNIT'\n").slice(1)

  test('the login is in the group docker, and that this is root is said', () => {
    expect(text).toContain("\nusermod -aG docker 'deploy'\n")
    expect(text).toContain('The group docker is as good as root')
    expect(text).not.toContain('SUDOERS')
  })

  test('after a reboot the container comes back once Docker is there, the traffic before', () => {
    expect(units[0]).toContain('\nAfter=docker.service\n')
    expect(units[0]).toContain('deploy-ssh.sh recover restart\n')
    expect(units[1]).toContain('\nBefore=docker.service\n')
    expect(units[1]).toContain('blue-green-switch.sh recover\n')
  })
})

describe('for slots', () => {
  const text = scripts.find(({ name }) => name === 'two slots')?.text ?? ''

  test('one unit catches a reboot, before both instances and either proxy', () => {
    const unit = hereDocument(text, 'UNIT')
    expect(unit).toContain('\nBefore=acme@5006.service acme@5016.service nginx.service haproxy.service\n')
    expect(unit).toContain('\nWantedBy=acme@5006.service acme@5016.service nginx.service haproxy.service')
  })

  test('makes the folders, and a setgid one that the service writes to', () => {
    expect(text).toContain("-m 2750 '/srv/acme.api/qa' ")
    expect(text).toContain(" '/srv/acme.api/qa/slots'\n")
    expect(text).toContain("-m 2770 '/srv/acme.api/qa/shared'\n")
  })

  test('shows a template unit for both slots', () => {
    expect(text).toContain('/etc/systemd/system/acme@.service')
    expect(text).toContain('WorkingDirectory=/srv/acme.api/qa/slots/%i')
  })

  test('has what the proxy needs in a part of its own', () => {
    const [before = '', after = ''] = text.split('# only with blue-green-switch\n')
    expect(before).not.toContain('NOPASSWD: /usr/sbin/nginx')
    expect(after).toContain('deploy ALL=(root) NOPASSWD: /usr/sbin/nginx -t\n')
    expect(after).toContain('deploy ALL=(root) NOPASSWD: /usr/bin/systemctl reload nginx\n')
    expect(after).toContain("'/etc/nginx/belay/acme.api-qa'\n")
  })
})
