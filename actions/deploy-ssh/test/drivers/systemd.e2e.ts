import { canStartSystemdHosts, type SystemdHost, sudoersLines } from '@belay/test-hosts'
import { openSystemdFixture } from '../../../../test/support/fixture.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { slotUnit } from '../../../../test/support/slot-unit.ts'
import { base, keepsTheContract, slots } from './contract.ts'
import { processIn, writeReleases } from './node-service.ts'

const units = slots.map((port) => `api-qa@${port}`)

describeIf(canStartSystemdHosts())('a unit of systemd', () => {
  keepsTheContract(async () => {
    // The verbs that the README asks for, and no others.
    const sudoers = sudoersLines(units, ['restart', 'stop', 'reset-failed', 'enable', 'disable'])
    const fixture = await openSystemdFixture({ hosts: 1, sudoers })
    const [host] = fixture.hosts as [SystemdHost]
    await host.write('/etc/systemd/system/api-qa@.service', slotUnit(base))
    for (const argv of [
      ['systemctl', 'daemon-reload'],
      ['usermod', '-a', '-G', 'systemd-journal', 'deploy'],
    ])
      await host.run(argv, { user: 'root' })
    await writeReleases(fixture, host)
    return {
      host,
      facts: { restart_kind: 'systemd', restart: 'api-qa@{slot}' },
      manifest: () => 'none',
      wrong: { restart: 'none-such@{slot}' },
      sees: true,
      knowsStopped: true,
      startedByBoot: false,
      running: () => processIn(host),
      starts: async () => (await host.run(['systemctl', 'is-enabled', units[0] ?? ''])).stdout === 'enabled\n',
      close: () => fixture.close(),
    }
  })
})
