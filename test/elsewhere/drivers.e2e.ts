import { canStartHosts, canStartProxy } from '@belay/test-hosts'
import { expect, test } from 'vitest'
import { expectRolesFollow, expectUsers } from '../chaos/elsewhere/at-rest.ts'
import { openLab } from '../chaos/elsewhere/lab.ts'
import { startUsers } from '../chaos/elsewhere/users.ts'
import { proxies } from '../chaos/fault-points.ts'
import { describeIf } from '../support/need.ts'

describeIf(canStartHosts() ?? canStartProxy('nginx') ?? canStartProxy('haproxy'))(
  'one proxy before three slot hosts',
  () => {
    test.concurrent.for(proxies)(
      '%s: an undo, a release, the next release: no request fails',
      async (driver, context) => {
        const lab = await openLab({ driver, proxies: 1 })
        context.onTestFinished(() => lab.close())
        const first = await lab.job('v1', await lab.steps('v1'))
        expect(first.belay, first.log).toBe('committed')
        const users = await startUsers(context, lab, ['v1', 'v2', 'v3'])

        const failed = await lab.job('v2', [...(await lab.steps('v2')), { run: 'exit 1' }])
        expect(failed.belay, failed.log).toBe('rolled-back')
        await expectUsers(lab, 'v1', failed.log)
        await expectRolesFollow(lab, 'v1')

        const done = await lab.job('v2', await lab.steps('v2'))
        expect(done.belay, done.log).toBe('committed')
        await expectUsers(lab, 'v2', done.log)
        await expectRolesFollow(lab, 'v2')

        const next = await lab.job('v3', await lab.steps('v3'))
        expect(next.belay, next.log).toBe('committed')
        await expectUsers(lab, 'v3', next.log)
        await expectRolesFollow(lab, 'v3')
        await users.stop()
      },
    )
  },
)
