import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const programs = {
  debootstrap: 'debootstrap',
  docker: 'docker.io',
  nsenter: 'util-linux',
  ssh: 'openssh-client',
}

/** Why hosts with systemd can't be started here; undefined where they can, as far as can be told without a try. */
export function canStartSystemdHosts(): string | undefined {
  if (process.platform !== 'linux') return `systemd hosts need Linux; this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'systemd hosts need root'
  const missing = missingPackages()
  if (missing.length > 0) return `missing: apt-get install --no-install-recommends ${missing.join(' ')}`
  return undefined
}

/** Installs what systemd hosts need, on a Debian or Ubuntu and as root; says what. Nothing where all is there. */
export function installSystemdSupport(): void {
  const missing = missingPackages()
  if (missing.length === 0) return
  // Debian's keys come with debootstrap on Debian only.
  const packages = [...missing, 'debian-archive-keyring']
  console.log(`installing for hosts with systemd: ${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-q'], { env, stdio: 'inherit' })
  execFileSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env, stdio: 'inherit' })
}

function missingPackages(): string[] {
  const has = (program: string) =>
    (process.env.PATH ?? '').split(':').some((folder) => existsSync(`${folder}/${program}`))
  const missing = Object.entries(programs).filter(([program]) => !has(program))
  const packages = missing.map(([, name]) => name)
  // A client alone, without a daemon to talk to, is not enough.
  const daemon = has('dockerd') || existsSync('/var/run/docker.sock')
  return daemon || packages.includes('docker.io') ? packages : [...packages, 'docker.io']
}
