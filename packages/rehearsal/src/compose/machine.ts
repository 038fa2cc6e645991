import {
  canHaveNetworks,
  canMakeStandIns,
  canStartBuilder,
  canStartHostEngine,
  canStartHosts,
  canStartRegistry,
} from '@belay/testbed'
import { inContainer, installPackages, Lacking, requireRoot } from '../machine.ts'

/** Packages by program, as Debian calls them. */
const utilLinux = { unshare: 'util-linux', nsenter: 'util-linux', flock: 'util-linux', setpriv: 'util-linux' }
const ssh = { sshd: 'openssh-server', ssh: 'openssh-client' }
const docker = { dockerd: 'docker.io', 'docker-registry': 'docker-registry', iptables: 'iptables' }
const forHosts = { rsync: 'rsync', curl: 'curl', socat: 'socat', ip: 'iproute2', openssl: 'openssl' }
const forImages = { debootstrap: 'debootstrap', busybox: 'busybox', pg_dump: 'postgresql-client' }

/**
 * Makes sure that servers with Docker can be started here; packages that lack are installed, after saying so.
 * @throws Lacking where Docker, or anything else of it, is missing and cannot be installed
 */
export function prepareMachine(args: readonly string[], say: (line: string) => void): void {
  requireRoot(args)
  installPackages({ ...utilLinux, ...ssh, ...docker, ...forHosts, ...forImages }, say)
  const engines = canStartHostEngine() ?? canStartBuilder({ docker: 'trixie' })
  const reason = canStartHosts() ?? canHaveNetworks() ?? engines ?? canStartRegistry() ?? canMakeStandIns()
  if (reason) throw new Lacking(`This example is played with a Docker of its own. ${reason}\n\n${inContainer(args)}`)
}
