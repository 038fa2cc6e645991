import { execFileSync } from 'node:child_process'
import { canStartProxy, startHaproxy, type TestHaproxy } from '@belay/testbed'
import { need } from '../../../../test/support/need.ts'
import { driverContract } from './contract.ts'

need(canStartProxy('haproxy'))('the driver of HAProxy', () => {
  driverContract({
    driver: 'haproxy',
    start: (slots) => startHaproxy(undefined, { slots }),
    facts: (proxy) => {
      const { socket, backend, stateFile } = proxy as TestHaproxy
      return { socket, backend, state_file: stateFile, proxy_kind: 'socket' }
    },
    async edit(proxy) {
      const input = 'set server app/green weight 7\n'
      execFileSync('socat', ['-', `UNIX-CONNECT:${(proxy as TestHaproxy).socket}`], { input })
    },
    restart: (proxy) => proxy.restart(),
  })
})
