import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment, Failure, Interrupted, retryErrors, runBounded } from '@belay/action-kit'
import { type Credentials, withSecretFiles } from './credentials.ts'
import { endSession } from './session.ts'
import type { HostTarget } from './target.ts'

/** One OpenSSH connection to a host, shared by everything that a job does there. */
export interface Connection {
  readonly target: HostTarget
  /** The folder of this connection: `config`, `known_hosts`, `socket`; no key. Short, for socket paths end at 108 bytes. */
  readonly folder: string
}

/** Equal for connections to the same host, with the same key and the same known-hosts. */
export function connectionKey(target: HostTarget, credentials: Credentials): string {
  const { key, knownHosts } = credentials
  return createHash('sha256')
    .update(JSON.stringify([target.name, key, knownHosts]))
    .digest('hex')
}

/** A folder for a new connection; journalled before it is opened, so that a kill leaves none behind. */
export function connectionFolder(): string {
  return mkdtempSync(join(tmpdir(), 'belay-'))
}

/**
 * Opens a connection and leaves it open in the background: `ssh -MNf` ends when the login is complete. The key is on
 * disk only until then.
 * @throws Failure `unreachable`, `host-key-changed`, `login-refused`
 */
export async function connect(
  target: HostTarget,
  credentials: Credentials,
  folder: string,
  signal?: AbortSignal,
): Promise<Connection> {
  const log = join(folder, 'log')
  const ended = await withSecretFiles(credentials.key, credentials.passphrase, async (keyFile, env) => {
    writeFileSync(join(folder, 'known_hosts'), credentials.knownHosts)
    writeFileSync(join(folder, 'config'), clientConfig(target, folder))
    const args = ['-F', join(folder, 'config'), '-M', '-N', '-f', '-E', log, '-i', keyFile, '-o', 'ProxyCommand=none']
    // ConnectTimeout covers the connection, not the login itself. Nothing is read: the ssh that stays in the background
    // would hold it open.
    const limits = { timeoutMs: 60_000, killSignal: 'SIGKILL', keptCharacters: 0 } as const
    const running = runBounded('ssh', [...args, 'belay'], { env, ...limits, ...(signal && { signal }) })
    return running.catch((error: unknown) => error as Error)
  })
  if (ended instanceof Interrupted) throw ended
  if (ended instanceof Error)
    throw new Failure('ssh-missing', `ssh could not be started: ${ended.message}`, 'install openssh-client.')
  if (ended.status !== 0) throw connectFailure(target, existsSync(log) ? readFileSync(log, 'utf8') : '')
  return { target, folder }
}

/** As `connect`, with retries where the network failed; a refused login or a changed key is final. */
export async function connectWithRetry(
  target: HostTarget,
  credentials: Credentials,
  folder: string,
  tries: number,
  signal?: AbortSignal,
): Promise<Connection> {
  return retryErrors(() => connect(target, credentials, folder, signal), {
    attempts: tries,
    backoffMs: () => 500,
    isRetryable: isUnreachable,
    ...(signal && { signal }),
  })
}

/** Whether the network failed: neither a refused login nor a changed key. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof Failure && error.code === 'unreachable'
}

export function reopen(target: HostTarget, folder: string): Connection {
  return { target, folder }
}

/** Ends a connection and removes its folder. Never throws: the connection may be gone already. */
export async function disconnect({ folder }: Connection): Promise<void> {
  endSession(folder)
  if (existsSync(join(folder, 'socket'))) {
    const args = ['-F', join(folder, 'config'), '-O', 'exit', 'belay']
    const options = { env: childEnvironment(), timeoutMs: 5000, keptCharacters: 1000 }
    await runBounded('ssh', args, options).catch(() => undefined)
  }
  rmSync(folder, { recursive: true, force: true })
}

/** As `disconnect`, for a process that is about to end and cannot wait. */
export function disconnectNow({ folder }: Connection): void {
  endSession(folder)
  const args = ['-F', join(folder, 'config'), '-O', 'exit', 'belay']
  if (existsSync(join(folder, 'socket'))) spawnSync('ssh', args, { env: childEnvironment(), timeout: 2000 })
  rmSync(folder, { recursive: true, force: true })
}

/** Arguments before the remote command, for everything that goes over an open connection. */
export function connectionArguments({ folder }: Connection): string[] {
  return ['-F', join(folder, 'config'), 'belay']
}

function clientConfig(target: HostTarget, folder: string): string {
  const address = target.address.replaceAll('%', '%%')
  return `Host belay
  HostName ${address}
  Port ${target.port}
  User ${target.user}
  IdentitiesOnly yes
  IdentityAgent none
  PreferredAuthentications publickey
  StrictHostKeyChecking yes
  UserKnownHostsFile ${join(folder, 'known_hosts')}
  GlobalKnownHostsFile /dev/null
  UpdateHostKeys no
  ControlPath ${join(folder, 'socket')}
  # A client whose master is gone would silently open a connection of its own: it fails instead.
  ProxyCommand false
  ConnectTimeout 10
  ServerAliveInterval 2
  ServerAliveCountMax 3
  RequestTTY no
  ForwardAgent no
  ForwardX11 no
  PermitLocalCommand no
  LogLevel ERROR
`
}

function connectFailure(target: HostTarget, log: string): Failure {
  const said = log.trim().split('\n').at(-1) ?? ''
  if (/HOST IDENTIFICATION HAS CHANGED|Host key verification failed|No .* host key is known/i.test(log)) {
    return new Failure(
      'host-key-changed',
      `${target.name} shows a host key that known-hosts does not pin.`,
      'if the server was rebuilt, compare the new fingerprint at its console and put the new line into known-hosts; ' +
        'if it was not, somebody may intercept the connection: do not deploy.',
    )
  }
  if (/Permission denied|Too many authentication failures|no mutual signature/i.test(log)) {
    return new Failure(
      'login-refused',
      `${target.name} does not accept ssh-key for user ${target.user}.`,
      `add its public half to ~${target.user}/.ssh/authorized_keys on the host.`,
    )
  }
  const why = said || 'no answer'
  return new Failure('unreachable', `${target.name} cannot be reached: ${why}`, 'check address, port and firewall.')
}
