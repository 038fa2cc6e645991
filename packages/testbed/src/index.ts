/** Real hosts for tests and the rehearsal: sshd in namespaces, and containers with systemd as init. */
export { ensureDocker, stopDocker } from './docker.ts'
export type { HostProcess, RunOptions, RunResult, TestHost } from './host.ts'
export { makeKey } from './keys.ts'
export type { Link } from './link.ts'
export { canStartHosts, type HostOptions, startHost } from './namespace-host.ts'
export { type ReleaseContent, writeRelease } from './release.ts'
export {
  type HostService,
  type SystemdHost,
  type SystemdHostOptions,
  startSystemdHost,
  sudoersLines,
} from './systemd-host.ts'
export { canStartSystemdHosts, installSystemdSupport } from './systemd-support.ts'
