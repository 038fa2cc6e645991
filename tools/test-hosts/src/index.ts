/** Real hosts for tests and the rehearsal: sshd in namespaces, and containers with systemd as init. */

export { ask, type HttpAnswer } from './ask.ts'
export { type BuilderOptions, canStartBuilder, startBuilder, type TestBuilder } from './builder.ts'
export { ensureDocker, stopDocker } from './docker.ts'
export { canFetchDocker, type DebianSuite, type DockerPackages, fetchDocker } from './docker-packages.ts'
export { type HaproxyOptions, startHaproxy, type TestHaproxy } from './haproxy.ts'
export { holdAt, type Moment } from './hold.ts'
export type { HostProcess, RunOptions, RunResult, TestHost } from './host.ts'
export { canStartHostEngine, type HostEngine, type HostEngineOptions, startHostEngine } from './host-engine.ts'
export { makeKey } from './keys.ts'
export type { Link } from './link.ts'
export {
  canHaveNetworks,
  canStartHosts,
  freePort,
  type HostOptions,
  nextAddress,
  startHost,
} from './namespace-host.ts'
export { carryOut, type HostNetwork, joinNetwork } from './network.ts'
export { type NginxOptions, startNginx, type TestNginx } from './nginx.ts'
export { canStartPostgres, type Postgres, type PostgresOptions, serverFolder, startPostgres } from './postgres.ts'
export { canStartProxy, type TestProxy } from './proxy.ts'
export { NotReady, untilReady } from './ready.ts'
export {
  canStartRegistry,
  type RegistryFault,
  type RegistryOptions,
  type RegistryRequest,
  startRegistry,
  type TestRegistry,
} from './registry.ts'
export { type ReleaseContent, writeRelease } from './release.ts'
export {
  canMakeSubstituteImages,
  importNodeImage,
  importServerImages,
  nodeRoot,
  type RunDocker,
  serverImages,
} from './substitute-images.ts'
export {
  type HostService,
  type SystemdHost,
  type SystemdHostOptions,
  startSystemdHost,
  sudoersLines,
} from './systemd-host.ts'
export { canStartSystemdHosts, programsOfSystemdHosts } from './systemd-support.ts'
export { importImage, type TinyImage } from './tiny-image.ts'
