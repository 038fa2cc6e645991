import { canStartHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { type Fixture, type FixtureOptions, openFixture } from './support/fixture.ts'
import { describeIf } from './support/need.ts'

/** A problem of a host, its failure code, and what the error must say. */
interface UnfitHost {
  readonly name: string
  readonly code: string
  readonly says: readonly string[]
  readonly options?: FixtureOptions
  /** Causes the problem on the second host, or returns inputs that do. */
  makeUnfit?(fixture: Fixture): Promise<Record<string, string> | undefined>
}

const second = (fixture: Fixture) => fixture.hosts[1] as NonNullable<Fixture['hosts'][1]>

const unfitHosts: UnfitHost[] = [
  {
    name: 'a changed host key',
    code: 'host-key-changed',
    says: ['shows a host key that known-hosts does not pin', 'compare the new fingerprint'],
    async makeUnfit(fixture) {
      const [first, other] = fixture.hosts.map(({ knownHosts }) => knownHosts.split(' '))
      if (!first || !other) return undefined
      // The second host is pinned to the first one's key, as after a rebuild.
      return { 'known-hosts': `${first.join(' ')}\n${other[0]} ${first[1]} ${first[2]}` }
    },
  },
  {
    name: 'a full disk',
    code: 'disk-full',
    says: ['KiB are free', 'are needed'],
    options: { disk: '60m' },
    async makeUnfit(fixture) {
      await second(fixture).run(['dd', 'if=/dev/zero', 'of=/srv/ballast', 'bs=1M', 'count=50'], { user: 'root' })
      return undefined
    },
  },
  {
    name: 'current being a directory',
    code: 'current-not-a-link',
    says: ['/srv/api/qa/current is a folder', 'move it away'],
    async makeUnfit(fixture) {
      await second(fixture).run(['mkdir', '/srv/api/qa/current'])
      return undefined
    },
  },
  {
    name: 'current pointing elsewhere',
    code: 'current-outside',
    says: ['points to /opt/api, outside releases/'],
    async makeUnfit(fixture) {
      await second(fixture).run(['ln', '-s', '/opt/api', '/srv/api/qa/current'])
      return undefined
    },
  },
  { name: 'rsync missing', code: 'rsync-missing', says: ['rsync not installed'], options: { missing: ['rsync'] } },
  {
    name: 'a folder without write permission for the deploy user',
    code: 'path-not-writable',
    says: ['deploy cannot write to /srv/api/qa'],
    async makeUnfit(fixture) {
      await second(fixture).run(['chown', 'root', '/srv/api/qa'], { user: 'root' })
      return undefined
    },
  },
  {
    name: 'a key that the host does not accept',
    code: 'login-refused',
    says: ['does not accept ssh-key for user deploy', 'authorized_keys'],
    async makeUnfit(fixture) {
      await second(fixture).run(['rm', '/home/deploy/.ssh/authorized_keys'], { user: 'root' })
      return undefined
    },
  },
  {
    name: 'a host that does not exist',
    code: 'unreachable',
    says: ['cannot be reached', 'check address, port and firewall'],
    async makeUnfit(fixture) {
      await second(fixture).link.refuse(true)
      return undefined
    },
  },
]

describeIf(canStartHosts())(
  'a host with a problem: its code, its name and the remedy are reported, and nothing is changed',
  () => {
    test.concurrent.for(unfitHosts)('$name', async ({ code, says, makeUnfit, options }, { onTestFinished }) => {
      const fixture = await openFixture(options)
      onTestFinished(() => fixture.close())
      const inputs = (await makeUnfit?.(fixture)) ?? {}
      const source = await fixture.release('api', 'v1')
      const completed = await fixture.job('v1', [fixture.deploy('api', source, { version: 'v1', ...inputs })])
      const step = completed.job.steps.find(({ stage }) => stage === 'main')
      expect(step?.outputs, completed.log).toMatchObject({ 'failure-code': code, result: 'unchanged' })
      for (const said of [...says, second(fixture).target]) expect(completed.log).toContain(said)
      expect(completed.belay).toBe('unchanged')
      expect(await fixture.served()).toBe('- - - -')
      for (const host of fixture.hosts) expect(await host.exists('/srv/api/qa/releases/current')).toBe(false)
    })
  },
)
