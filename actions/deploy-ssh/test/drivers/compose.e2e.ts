import { canStartHostEngine, canStartHosts, importImage, startHostEngine, type TestHost } from '@belay/test-hosts'
import { openFixture } from '../../../../test/support/fixture.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { base, keepsTheContract, type Release, releases, slots } from './contract.ts'

const folder = '/srv/team/shop'
const busybox = '/usr/bin/busybox'
const image = (release: Release) => `local/app:${release}`

const service = (name: string, variable: string, port: string) => `  ${name}:
    image: \${${variable}:?set by a release}
    ports: ["\${ADDRESS}:${port}:3000"]
    restart: on-failure:1
    stop_signal: SIGKILL
`
const text = `services:
${service('app-a', 'APP_A', slots[0])}${service('app-b', 'APP_B', slots[1])}`

const lives = `i=0; while [ $i -lt 100 ]; do i=$((i + 1)); echo line $i; done; exec ${busybox} sleep 100000`
const ends = `${busybox} echo ends: cannot start; exit 3`

describeIf(canStartHosts() ?? canStartHostEngine())('Docker Compose', () => {
  keepsTheContract(async () => {
    const fixture = await openFixture({ hosts: 1 })
    const [host] = fixture.hosts as [TestHost]
    const engine = await startHostEngine(host).catch(async (error) => {
      await fixture.close()
      throw error
    })
    for (const release of releases) {
      const command = [busybox, 'sh', '-c', release === 'ends' ? ends : `: ${release}; ${lives}`]
      await importImage(engine, image(release), { programs: [busybox], command })
      await host.write(`${base}/releases/${release}/image`, `${image(release)}\n`)
    }
    const env = `${folder}/.env`
    await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', folder], { user: 'root' })
    await host.write(`${folder}/compose.yml`, text)
    await host.write(env, `# the team's\nADDRESS=${host.address}\n`, 0o640)
    return {
      host,
      facts: { restart_kind: 'compose', restart: folder },
      manifest: image,
      wrong: { manifest: 'local/none:1' },
      sees: true,
      knowsStopped: false,
      startedByBoot: true,
      async running() {
        const ids = await engine.docker('ps', '--quiet', '--filter', 'label=com.docker.compose.service=app-a')
        return ids && engine.docker('inspect', '--format', '{{.ID}} {{.State.StartedAt}}', ...ids.split('\n'))
      },
      starts: async () => undefined,
      beside: {
        text: async () => (await host.read(env)) ?? '',
        files: async () => (await host.run(['ls', '-A', folder], { user: 'root' })).stdout.split('\n').filter(Boolean),
        change: async () =>
          host.write(env, ((await host.read(env)) ?? '').replace(/^APP_A=.*$/m, 'APP_A=somebody:else'), 0o640),
      },
      async lack() {
        await host.run(['rm', env], { user: 'root' })
        await host.write(`${folder}/compose.yml`, 'services: { app-a: { image: local/app:v1 } }\n')
        return ['env-missing', 'variable-missing']
      },
      async close() {
        await engine.stop()
        await fixture.close()
      },
    }
  })
})
