import { canStartHosts } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { need } from './support/need.ts'
import { openScene, type Scene, type SceneOptions } from './support/scene.ts'

/** A way in which a host is not fit, what the step must call it, and what it must say to mend it. */
interface Trouble {
  readonly name: string
  readonly code: string
  readonly says: readonly string[]
  readonly scene?: SceneOptions
  /** Makes the second host unfit, or returns inputs that do. */
  make?(scene: Scene): Promise<Record<string, string> | undefined>
}

const second = (scene: Scene) => scene.hosts[1] as NonNullable<Scene['hosts'][1]>

const troubles: Trouble[] = [
  {
    name: 'a changed host key',
    code: 'host-key-changed',
    says: ['shows a host key that known-hosts does not pin', 'compare the new fingerprint'],
    async make(scene) {
      const [first, other] = scene.hosts.map(({ knownHosts }) => knownHosts.split(' '))
      if (!first || !other) return undefined
      // The second host is pinned to the first one's key, as after a rebuild.
      return { 'known-hosts': `${first.join(' ')}\n${other[0]} ${first[1]} ${first[2]}` }
    },
  },
  {
    name: 'a full disk',
    code: 'disk-full',
    says: ['KiB are free', 'are needed'],
    scene: { disk: '60m' },
    async make(scene) {
      await second(scene).run(['dd', 'if=/dev/zero', 'of=/srv/ballast', 'bs=1M', 'count=50'], { user: 'root' })
      return undefined
    },
  },
  {
    name: 'current being a directory',
    code: 'current-not-a-link',
    says: ['/srv/api/qa/current is a folder', 'move it away'],
    async make(scene) {
      await second(scene).run(['mkdir', '/srv/api/qa/current'])
      return undefined
    },
  },
  {
    name: 'current pointing elsewhere',
    code: 'current-outside',
    says: ['points to /opt/api, outside releases/'],
    async make(scene) {
      await second(scene).run(['ln', '-s', '/opt/api', '/srv/api/qa/current'])
      return undefined
    },
  },
  { name: 'rsync missing', code: 'rsync-missing', says: ['rsync not installed'], scene: { missing: ['rsync'] } },
  {
    name: 'a folder that the deploy user may not write to',
    code: 'path-not-writable',
    says: ['deploy cannot write to /srv/api/qa'],
    async make(scene) {
      await second(scene).run(['chown', 'root', '/srv/api/qa'], { user: 'root' })
      return undefined
    },
  },
  {
    name: 'a key that the host does not know',
    code: 'login-refused',
    says: ['does not accept ssh-key for user deploy', 'authorized_keys'],
    async make(scene) {
      await second(scene).run(['rm', '/home/deploy/.ssh/authorized_keys'], { user: 'root' })
      return undefined
    },
  },
  {
    name: 'a host that is not there',
    code: 'unreachable',
    says: ['cannot be reached', 'check address, port and firewall'],
    async make(scene) {
      await second(scene).link.refuse(true)
      return undefined
    },
  },
]

need(canStartHosts())('a host that is not fit: one word, its name, the mend, and nothing changed', () => {
  test.concurrent.for(troubles)('$name', async ({ code, says, make, scene: options }, { onTestFinished }) => {
    const scene = await openScene(options)
    onTestFinished(() => scene.close())
    const inputs = (await make?.(scene)) ?? {}
    const source = await scene.release('api', 'v1')
    const played = await scene.job('v1', [scene.deploy('api', source, { version: 'v1', ...inputs })])
    const step = played.job.steps.find(({ stage }) => stage === 'main')
    expect(step?.outputs, played.log).toMatchObject({ 'failure-code': code, result: 'unchanged' })
    for (const said of [...says, second(scene).target]) expect(played.log).toContain(said)
    expect(played.belay).toBe('unchanged')
    expect(await scene.served()).toBe('- - - -')
    for (const host of scene.hosts) expect(await host.exists('/srv/api/qa/releases/current')).toBe(false)
  })
})
