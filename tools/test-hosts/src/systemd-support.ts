import { existsSync } from 'node:fs'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import type { Program } from '../../../scripts/machine/programs.ts'

/** What hosts with systemd need. A client without a daemon is not enough. */
export function programsOfSystemdHosts(): Program[] {
  const daemon: Program[] = existsSync('/var/run/docker.sock') ? [] : ['dockerd']
  // Debian's keys come with debootstrap on Debian only.
  return ['debootstrap', '/usr/share/keyrings/debian-archive-keyring.gpg', 'docker', ...daemon, 'nsenter', 'ssh']
}

/** Why hosts with systemd can't be started here; undefined if they can, as far as is known without a try. */
export function canStartSystemdHosts(): string | undefined {
  if (process.platform !== 'linux') return `systemd hosts need Linux; this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'systemd hosts need root'
  return whyMissing(...programsOfSystemdHosts())
}
