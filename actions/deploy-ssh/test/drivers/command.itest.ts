import { quoteWords } from '@belay/host'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { openFixture } from '../../../../test/support/fixture.ts'
import { describeIf } from '../../../../test/support/need.ts'
import { base, keepsTheContract } from './contract.ts'
import { processIn, writeReleases } from './node-service.ts'

const restart = ['/usr/local/bin/belay-test-restart', base, 'this-host', '{slot}', 'slots/{slot}']

describeIf(canStartHosts())('a command of the team’s', () => {
  keepsTheContract(async () => {
    const fixture = await openFixture({ hosts: 1, shell: 'busybox' })
    const [host] = fixture.hosts as [TestHost]
    await writeReleases(fixture, host)
    return {
      host,
      facts: { restart_kind: 'command', restart: quoteWords(restart), stop: quoteWords([...restart, 'stop']) },
      manifest: () => 'none',
      wrong: { restart: quoteWords(['false', 'it is {slot}']) },
      sees: false,
      knowsStopped: false,
      startedByBoot: false,
      running: () => processIn(host),
      starts: async () => undefined,
      close: () => fixture.close(),
    }
  })
})
