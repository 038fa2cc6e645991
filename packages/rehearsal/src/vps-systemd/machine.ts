import {
  canStartHosts,
  canStartPostgres,
  canStartSystemdHosts,
  installSystemdSupport,
  serverFolder,
} from '@belay/testbed'
import type { HostKind } from '../example.ts'
import { inContainer, installPackages, Lacking, requireRoot } from '../machine.ts'

/** Packages by program, as Debian calls them. */
const utilLinux = { unshare: 'util-linux', nsenter: 'util-linux', flock: 'util-linux', setsid: 'util-linux' }
const ssh = { sshd: 'openssh-server', ssh: 'openssh-client' }
const common = { rsync: 'rsync', curl: 'curl', tar: 'tar', bash: 'bash', ...utilLinux, ...ssh }
const forProduction = { nginx: 'nginx', unzip: 'unzip' }

/**
 * Makes sure that hosts can be started here; packages that lack are installed, after saying so.
 * @throws Lacking where that takes somebody else
 */
export function prepareMachine(
  kind: HostKind,
  production: boolean,
  args: readonly string[],
  say: (line: string) => void,
): void {
  requireRoot(args)
  // The programs of a PostgreSQL server are not on PATH.
  const database = production && serverFolder() === undefined ? { postgres: 'postgresql' } : {}
  installPackages({ ...common, ...(production && forProduction), ...database }, say)
  if (kind === 'systemd') installSystemdSupport()
  const reason = (kind === 'systemd' ? canStartSystemdHosts() : canStartHosts()) ?? (production && canStartPostgres())
  if (reason) throw new Lacking(`${reason}\n\n${inContainer(args)}`)
}
