import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { waitFor } from '../support/fixture.ts'
import { describeIf } from '../support/need.ts'
import { answerFrom, base, blue, green } from '../support/slots.ts'
import { openChain } from './chain.ts'
import { proxies } from './fault-points.ts'
import { watch } from './oracle.ts'

describeIf(canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy'))('the oracle', () => {
  test.concurrent.for(proxies)(
    'fails where a slot with traffic is stopped, and only then: %s',
    async (driver, context) => {
      const chain = await openChain(driver)
      context.onTestFinished(() => chain.close())
      const [host] = chain.fixture.hosts
      for (const version of ['v1', 'v2']) {
        const job = await chain.fixture.job(version, await chain.steps(version))
        expect(job.belay, job.log).toBe('committed')
      }
      const stop = (slot: string) =>
        host?.run(['/usr/local/bin/belay-test-restart', base, 'this-host', slot, `slots/${slot}`, 'stop'])
      const looked = () => new Promise((resolve) => setTimeout(resolve, 1000))

      const idle = watch(chain.proxies, ['v2'])
      await stop(blue)
      await waitFor('the idle slot is down', 30, async () => !(host && (await answerFrom(host, blue))))
      await looked()
      await expect(idle.stop()).resolves.toBeGreaterThan(4)

      const active = watch(chain.proxies, ['v2'])
      await stop(green)
      await looked()
      const failure = await active.stop().catch((error: Error) => error.message)
      expect(failure).toContain(`proxy 1 sends traffic to a slot that is down: ${green}`)
      expect(failure).toContain('users of proxy 1 got: status 50')
      expect(failure).not.toContain('proxy 2')
    },
  )
})
