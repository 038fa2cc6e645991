import type { TestHaproxy, TestNginx } from '@belay/test-hosts'

/** What a step says of its proxy; everything lies at the same place on all hosts. */
export function proxyInputs(proxy: TestNginx | TestHaproxy): Record<string, string> {
  return 'activeFile' in proxy
    ? { driver: 'nginx', upstream: proxy.upstreamFolder, proxy: `command:${proxy.control}` }
    : { driver: 'haproxy', socket: proxy.socket, backend: proxy.backend, 'state-file': proxy.stateFile }
}
