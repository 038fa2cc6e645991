import type { TestHost } from '@belay/test-hosts'
import { Lacking } from '../machine.ts'
import { haproxyFile } from './haproxy.ts'
import { settingsFile } from './settings.ts'

/** A proxy by the name of its unit. */
export type ProxyUnit = 'nginx' | 'haproxy'

/** How each tests its configuration. */
const tests: Readonly<Record<ProxyUnit, readonly string[]>> = {
  nginx: ['nginx', '-t'],
  haproxy: ['haproxy', '-c', '-f', haproxyFile],
}

const versions: Readonly<Record<ProxyUnit, string>> = { nginx: 'nginx 1.22', haproxy: 'HAProxy 2.6' }

/** Whether nginx has a site among the files of a server. */
export function hasSite(files: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(files).some((path) => /^\/etc\/nginx\/(?:sites-enabled|conf\.d)\//.test(path))
}

/** Starts a proxy with the configuration that is there. @throws Lacking with what it says */
export async function startProxy(host: TestHost, server: string, proxy: ProxyUnit): Promise<void> {
  const run = (...argv: string[]) => host.run(argv, { user: 'root', timeoutMs: 60_000 })
  const refused = (said: string) =>
    new Lacking(
      `${proxy} does not start on ${server}:\n${said.trim()}\nHow to fix: the servers have ${versions[proxy]} of Debian 12. Give them the files that your configuration names, by hosts.files in ${settingsFile}.`,
    )
  const tested = await run(...tests[proxy])
  if (tested.status !== 0) throw refused(tested.stderr || tested.stdout)
  await run('systemctl', 'enable', proxy)
  // It may run already, with the configuration of its package.
  const started = await run('systemctl', 'restart', proxy)
  if (started.status === 0) return
  const log = await run('journalctl', '--unit', proxy, '--no-pager', '--output', 'cat', '--lines', '5')
  throw refused(log.stdout)
}
