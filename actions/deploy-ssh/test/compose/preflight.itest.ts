import { canStartHostEngine, canStartHosts, startHostEngine, type TestHost } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { folder } from '../../../../test/support/compose.ts'
import { openFixture } from '../../../../test/support/fixture.ts'
import { describeIf } from '../../../../test/support/need.ts'

describeIf(canStartHosts() ?? canStartHostEngine())('preflight of a host for Compose', () => {
  test('names all that is missing at once, and prints what root does about it', {
    timeout: 120_000,
  }, async (context) => {
    const fixture = await openFixture({ hosts: 1 })
    context.onTestFinished(() => fixture.close())
    const [host] = fixture.hosts as [TestHost]
    const engine = await startHostEngine(host, { group: false, compose: false })
    try {
      const look = () =>
        fixture.job('v1', [
          fixture.deploy(
            'api',
            '',
            { command: 'preflight', restart: `compose:${folder}` },
            { 'continue-on-error': true },
          ),
        ])
      const bare = await look()
      for (const text of [
        "deploy may not use Docker's socket",
        'the Compose plugin is not installed',
        `the folder ${folder} does not exist`,
        "usermod -aG docker 'deploy'",
        'The group docker is as good as root',
      ])
        expect(bare.log).toContain(text)

      await host.run(['install', '-d', folder], { user: 'root' })
      const owned = await look()
      expect(owned.log).toContain(`there is no ${folder}/.env`)
      await host.write(`${folder}/.env`, 'A=1\n')
      expect((await look()).log).toContain(`${folder}/.env does not belong to deploy`)
    } finally {
      await engine.stop()
    }
  })
})
