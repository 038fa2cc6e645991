import { existsSync } from 'node:fs'
import { whyMissing } from '../../../scripts/machine/missing.ts'
import type { Program } from '../../../scripts/machine/programs.ts'

/** What hosts with systemd take. A client alone, without a daemon to talk to, is not enough. */
export function programsOfSystemdHosts(): Program[] {
  const daemon: Program[] = existsSync('/var/run/docker.sock') ? [] : ['dockerd']
  // Debian's keys come with debootstrap on Debian only.
  return ['debootstrap', '/usr/share/keyrings/debian-archive-keyring.gpg', 'docker', ...daemon, 'nsenter', 'ssh']
}

/** Why hosts with systemd can't be started here; undefined where they can, as far as can be told without a try. */
export function canStartSystemdHosts(): string | undefined {
  if (process.platform !== 'linux') return `systemd hosts need Linux; this is ${process.platform}`
  if (process.getuid?.() !== 0) return 'systemd hosts need root'
  return whyMissing(...programsOfSystemdHosts())
}
