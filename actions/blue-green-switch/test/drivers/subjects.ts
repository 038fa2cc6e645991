import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { quoteWords } from '@belay/host'
import { startHaproxy, startNginx, type TestHaproxy, type TestNginx } from '@belay/test-hosts'
import { readText, type Subject } from './contract.ts'

export const nginx: Subject = {
  driver: 'nginx',
  start: ([slot]) => startNginx(undefined, { slot }),
  facts: (proxy) => ({
    upstream: (proxy as TestNginx).upstreamFolder,
    proxy_kind: 'command',
    proxy: quoteWords([(proxy as TestNginx).control]),
  }),
  async edit(proxy, [from, to]) {
    const { activeFile } = proxy as TestNginx
    writeFileSync(activeFile, `${readText(activeFile).replace(`:${from}`, `:${to}`)}# By hand.\n`)
  },
  restart: (proxy) => proxy.restart(),
}

export const haproxy: Subject = {
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
}
