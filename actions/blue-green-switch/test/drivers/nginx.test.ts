import { writeFileSync } from 'node:fs'
import { words } from '@belay/remote'
import { canStartProxy, startNginx, type TestNginx } from '@belay/testbed'
import { need } from '../../../../test/support/need.ts'
import { driverContract, readText } from './contract.ts'

need(canStartProxy('nginx'))('the driver of nginx', () => {
  driverContract({
    driver: 'nginx',
    start: ([slot]) => startNginx(undefined, { slot }),
    facts: (proxy) => ({
      upstream: (proxy as TestNginx).upstreamFolder,
      proxy_kind: 'command',
      proxy: words([(proxy as TestNginx).control]),
    }),
    async edit(proxy) {
      const { activeFile } = proxy as TestNginx
      writeFileSync(activeFile, `${readText(activeFile)}# By hand.\n`)
    },
    restart: (proxy) => proxy.restart(),
  })
})
