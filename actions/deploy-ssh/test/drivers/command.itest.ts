import { quoteWords } from '@belay/host'
import { canStartHosts, type TestHost } from '@belay/test-hosts'
import { need } from '../../../../test/support/need.ts'
import { openScene } from '../../../../test/support/scene.ts'
import { base, keepsTheContract } from './contract.ts'
import { processIn, writeReleases } from './node-service.ts'

const restart = ['/usr/local/bin/belay-test-restart', base, 'this-host', '{slot}', 'slots/{slot}']

need(canStartHosts())('a command of the team’s', () => {
  keepsTheContract(async () => {
    const scene = await openScene({ hosts: 1, shell: 'busybox' })
    const [host] = scene.hosts as [TestHost]
    await writeReleases(scene, host)
    return {
      host,
      facts: { restart_kind: 'command', restart: quoteWords(restart), stop: quoteWords([...restart, 'stop']) },
      manifest: () => 'none',
      wrong: { restart: quoteWords(['false', 'it is {slot}']) },
      sees: false,
      knowsStopped: false,
      booted: false,
      running: () => processIn(host),
      starts: async () => undefined,
      close: () => scene.close(),
    }
  })
})
