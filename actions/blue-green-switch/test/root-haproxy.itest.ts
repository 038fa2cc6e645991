import { canStartHosts, canStartProxy, type TestHost } from '@belay/test-hosts'
import { expect, type TestContext, test } from 'vitest'
import {
  type CompletedJob,
  type Fixture,
  type JobStep,
  openFixture,
  shaOf,
  waitFor,
} from '../../../test/support/fixture.ts'
import { describeIf } from '../../../test/support/need.ts'
import type { DeployInputs } from '../../deploy-ssh/src/inputs.ts'
import { rootScript } from '../../deploy-ssh/src/root-script.ts'
import { ask, startSlot, type TestSlot } from './support/slots.ts'

const front = 8107

interface Prepared {
  readonly fixture: Fixture
  readonly host: TestHost
  readonly blue: TestSlot
  readonly green: TestSlot
  /** The statements and the configuration that the script for root has for HAProxy. */
  readonly statements: string
  readonly configuration: string
  readonly step: (inputs?: Record<string, string>) => JobStep
  start(configuration: string): Promise<void>
  end(): Promise<void>
}

/** A host on which root has run what the script for root has for HAProxy, and nothing else; default paths throughout. */
async function prepared(context: TestContext): Promise<Prepared> {
  const fixture = await openFixture({ hosts: 1 })
  const [host] = fixture.hosts as [TestHost]
  const [blue, green] = [await startSlot(host.address, shaOf('v1')), await startSlot(host.address, shaOf('v2'))]
  context.onTestFinished(async () => {
    await Promise.all([blue.stop(), green.stop()])
    await fixture.close()
  })
  const slots = [blue.port, green.port].map(String)
  const inputs = { release: { service: 'shop', environment: 'qa' }, path: '/srv/shop/qa', slots }
  const script = rootScript(
    { ...inputs, restart: { kind: 'command', words: ['r'] } } as unknown as DeployInputs,
    'deploy',
  )
  const [, statements = '', comment = ''] = /^(if \[ -d \/etc\/haproxy \][\s\S]*?^fi\n)((?:#.*\n)+)/m.exec(script) ?? []
  const asRoot = async (text: string) => {
    const { status, stderr } = await host.run(['sh', '-eus'], { user: 'root', input: text })
    expect(status, `${text}\n${stderr}`).toBe(0)
  }
  // As the package of HAProxy leaves them; the machine's own folders are covered.
  await asRoot(`mount -t tmpfs tmpfs /var/lib/haproxy && mkdir -p /etc/haproxy /run/haproxy && chmod 755 /run/haproxy
    install -d -o deploy /srv/shop /srv/shop/qa`)
  await asRoot(statements)
  return {
    fixture,
    host,
    blue,
    green,
    statements,
    configuration: comment
      .replace(/^# (?: {2})?/gm, '')
      .replace(/^Write in haproxy.cfg.*\n/, '')
      .replaceAll(' 127.0.0.1:', ` ${host.address}:`),
    step: (more = {}) => ({
      id: 'switch',
      uses: '$/actions/blue-green-switch',
      with: {
        hosts: host.target,
        'ssh-key': fixture.privateKey,
        'known-hosts': host.knownHosts,
        service: 'shop',
        environment: 'qa',
        slots: slots.join(' '),
        check: 'http://this-host:{slot}/health',
        driver: 'haproxy',
        'drain-timeout': '2s',
        ...more,
      },
    }),
    async start(configuration) {
      const own = `frontend web\n  mode http\n  bind ${host.address}:${front}\n  default_backend shop-qa\n`
      const times = 'timeout connect 2s\n  timeout client 30s\n  timeout server 30s\n  mode http'
      const text = configuration
        .replace(/^global\n/m, 'global\n  chroot /var/lib/haproxy\n  user nobody\n  group nogroup\n')
        .replace(/^defaults\n/m, `defaults\n  ${times}\n`)
      await host.write('/etc/haproxy/haproxy.cfg', `${text}${own}`)
      await asRoot('haproxy -W -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid')
      await waitFor('HAProxy serves', 30, async () => (await ask(url(host)).catch(() => '')).length === 40)
    },
    async end() {
      await asRoot('kill $(head -n 1 /run/haproxy.pid); rm /run/haproxy.pid')
      await waitFor('HAProxy is gone', 30, async () =>
        (await host.processes()).every(({ args }) => !args.some((word) => word.endsWith('haproxy'))),
      )
    },
  }
}

const url = (host: TestHost) => `http://${host.address}:${front}/`
const codeOf = ({ job }: CompletedJob) => job.steps[0]?.outputs['failure-code']

describeIf(canStartHosts() ?? canStartProxy('haproxy'))('what the script for root has for HAProxy', () => {
  test('is all that a switch needs, also over a reload and a restart', async (context) => {
    const { fixture, host, configuration, step, start, end } = await prepared(context)
    await start(configuration)
    expect(await ask(url(host))).toBe(shaOf('v1'))
    const completed = await fixture.job('v2', [step()])
    expect(completed.belay, completed.log).toBe('committed')
    expect(completed.log).not.toContain('cannot check whether')
    expect(await ask(url(host))).toBe(shaOf('v2'))
    await host.run(['sh', '-c', 'kill -USR2 $(head -n 1 /run/haproxy.pid)'], { user: 'root' })
    await new Promise((resolve) => setTimeout(resolve, 1000))
    expect(await ask(url(host))).toBe(shaOf('v2'))
    await end()
    await start(configuration)
    expect(await ask(url(host))).toBe(shaOf('v2'))
  })

  test('one piece less at a time is missed before anything is changed', async (context) => {
    const { fixture, host, configuration, step, start, end } = await prepared(context)
    const pieces: [RegExp, string][] = [
      [/ group deploy/, 'path-not-writable'],
      [/ level admin/, 'proxy-unreadable'],
      [/.*server-state-file .*\n/, 'not-persistent'],
      [/.*load-server-state-from-file .*\n/, 'not-persistent'],
      [/.*server slot-\d+ .* weight 0\n/, 'proxy-unreadable'],
      [/ weight 0\n/, 'traffic-split'],
    ]
    for (const [piece, code] of pieces) {
      expect(configuration).toMatch(piece)
      await start(configuration.replace(piece, (text) => (text.endsWith('\n') && !text.startsWith('  ') ? '\n' : '')))
      const completed = await fixture.job('v2', [step({ 'dry-run': 'true' })])
      expect(codeOf(completed), `${piece}\n${completed.log}`).toBe(code)
      await end()
    }
    await host.run(['rmdir', '/var/lib/haproxy/belay'], { user: 'root' })
    await start(configuration)
    const completed = await fixture.job('v2', [step({ 'dry-run': 'true' })])
    expect(codeOf(completed), completed.log).toBe('path-not-writable')
    await end()
  })
})
