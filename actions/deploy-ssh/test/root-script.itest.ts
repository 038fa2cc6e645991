import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import { describeIf } from '../../../test/support/need.ts'
import type { DeployInputs, Restart } from '../src/inputs.ts'
import { loginsOf, rootScript, rootScripts } from '../src/root-script.ts'

const inputs = (restart: Restart, service = 'acme.api') =>
  ({
    release: { service, environment: 'qa' },
    path: `/srv/${service}/qa`,
    restart,
    slots: [],
  }) as unknown as DeployInputs

const slotted = (restart: Restart) => ({ ...inputs(restart), slots: ['5006', '5016'] })

const host = (address: string, user = '') => ({ user, address, port: 22, name: address })
/** Two servers behind proxies on two other hosts. */
const elsewhere = (restart: Restart) => ({
  ...slotted(restart),
  hosts: [host('10.0.0.1'), host('10.0.0.2')],
  servers: {
    hosts: [host('10.0.0.1'), host('10.0.0.2')],
    addresses: ['10.0.0.1', '[fd00::2]'],
    ports: ['5006', '5016'],
    proxies: [host('10.0.1.1'), host('10.0.1.2', 'edge')],
  },
})
/** The printed script of each kind of host, and of each of its logins. */
const printed = (inputs: DeployInputs) => rootScripts(inputs).split(/(?<=\n)\n(?=#!)/)
const [ofSlots = '', ofProxy = '', ofEdge = ''] = printed(elsewhere({ kind: 'systemd', unit: 'acme@{slot}' }))

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
  { name: 'two slots whose proxies are on other hosts', text: ofSlots },
  {
    name: 'two places by Compose whose proxies are on other hosts',
    text: printed(elsewhere({ kind: 'compose', folder: '/srv/team/shop' }))[0] ?? '',
  },
  { name: "a proxy's host", text: ofProxy },
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

describe('where the proxies are on other hosts', () => {
  test('each kind of host has a script, with each of its logins', () => {
    const inputs = elsewhere({ kind: 'systemd', unit: 'acme@{slot}' })
    const whatFor = printed(inputs).map((text) => /^#!\/bin\/sh\n# Prepares (.*): read it/.exec(text)?.[1])
    expect(whatFor).toEqual([
      'a host for acme.api qa',
      "a proxy's host for acme.api qa",
      "a proxy's host for acme.api qa",
    ])
    expect(ofEdge).toContain("useradd --create-home 'edge'\n")
    expect(ofEdge).toContain('\nedge ALL=(root) NOPASSWD: /usr/sbin/nginx -t\n')
    expect(ofEdge).not.toContain("'deploy'")
  })

  test('a slot host gets nothing of a proxy', () => {
    for (const text of [
      ofSlots,
      scripts.find(({ name }) => name.startsWith('two places by Compose whose'))?.text ?? '',
    ])
      expect(text).not.toMatch(/nginx|haproxy|blue-green-switch/i)
    expect(hereDocument(ofSlots, 'UNIT')).toContain('\nBefore=acme@5006.service acme@5016.service\n')
    expect(ofSlots).toContain(' # to listen on port %i, of an address that the proxies reach\n')
  })

  test('a proxy host gets nothing of a service: its sudo lines, literally', () => {
    expect(hereDocument(ofProxy, 'SUDOERS')).toBe(
      'deploy ALL=(root) NOPASSWD: /usr/sbin/nginx -t\ndeploy ALL=(root) NOPASSWD: /usr/bin/systemctl reload nginx',
    )
    expect(ofProxy).toContain("\ninstall -d -o 'deploy' -m 0755 '/srv/acme.api/qa' '/srv/acme.api/qa/.belay'\n")
    expect(ofProxy).not.toMatch(/releases|slots|acme@|deploy-ssh|systemd-journal/)
  })

  test('a proxy begins with the first slot of every server', () => {
    expect(ofProxy).toContain(
      "\nprintf '%s\\n' 'server 10.0.0.1:5006;' 'server [fd00::2]:5006;' >'/etc/nginx/belay/acme.api-qa/active.conf'\n",
    )
    const ofHaproxy = ofProxy.match(/(?<=^# {5})server .*weight \d+/gm)
    expect(ofHaproxy).toEqual([
      'server 10.0.0.1-5006 10.0.0.1:5006 check weight 100',
      'server 10.0.0.1-5016 10.0.0.1:5016 check weight 0',
      'server fd00::2-5006 [fd00::2]:5006 check weight 100',
      'server fd00::2-5016 [fd00::2]:5016 check weight 0',
    ])
  })

  test('after a reboot the traffic is back before the proxy starts', () => {
    const unit = hereDocument(ofProxy, 'UNIT')
    expect(unit).toContain('\nBefore=nginx.service haproxy.service\n')
    expect(unit).toContain('\nExecStart=/bin/sh /srv/acme.api/qa/.belay/blue-green-switch.sh recover\n')
    expect(unit).toContain('\nWantedBy=nginx.service haproxy.service')
    // The one that blue-green-switch looks for.
    expect(ofProxy).toContain('\nsystemctl enable belay-recover-acme.api-qa.service\n')
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
