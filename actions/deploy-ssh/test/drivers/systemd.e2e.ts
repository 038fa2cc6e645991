import { canStartSystemdHosts, type SystemdHost, sudoersLines } from '@belay/test-hosts'
import { need } from '../../../../test/support/need.ts'
import { openSystemdScene } from '../../../../test/support/scene.ts'
import { slotUnit } from '../../../../test/support/slot-unit.ts'
import { base, keepsTheContract, slots } from './contract.ts'
import { processIn, writeReleases } from './node-service.ts'

const units = slots.map((port) => `api-qa@${port}`)

need(canStartSystemdHosts())('a unit of systemd', () => {
  keepsTheContract(async () => {
    // The verbs that the README asks for, and no others.
    const sudoers = sudoersLines(units, ['restart', 'stop', 'reset-failed', 'enable', 'disable'])
    const scene = await openSystemdScene({ hosts: 1, sudoers })
    const [host] = scene.hosts as [SystemdHost]
    await host.write('/etc/systemd/system/api-qa@.service', slotUnit(base))
    for (const argv of [
      ['systemctl', 'daemon-reload'],
      ['usermod', '-a', '-G', 'systemd-journal', 'deploy'],
    ])
      await host.run(argv, { user: 'root' })
    await writeReleases(scene, host)
    return {
      host,
      facts: { restart_kind: 'systemd', restart: 'api-qa@{slot}' },
      manifest: () => 'none',
      wrong: { restart: 'none-such@{slot}' },
      sees: true,
      knowsStopped: true,
      booted: false,
      running: () => processIn(host),
      starts: async () => (await host.run(['systemctl', 'is-enabled', units[0] ?? ''])).stdout === 'enabled\n',
      close: () => scene.close(),
    }
  })
})
