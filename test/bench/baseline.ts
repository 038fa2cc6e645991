import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Connection } from '@belay/host'
import type { TestHost } from '@belay/test-hosts'
import { assignments } from '../../packages/host/src/quote.ts'
import type { Fixture } from '../support/fixture.ts'
import { timeCommand } from './command.ts'

const base = '/srv/floor'
const script = readFileSync(join(import.meta.dirname, 'baseline.sh'), 'utf8')

/**
 * The arguments of its upload. They stay as they are, whatever deploy-ssh does: by checksum, compressed, and linked to the
 * previous release. Otherwise a faster release would move its own measure.
 */
function rsyncArguments(connection: Connection, from: string, to: string, linkTo: string): string[] {
  return [
    '--recursive',
    '--links',
    '--executability',
    '--chmod=Dgo+rx',
    '--checksum',
    '--compress',
    '--secluded-args',
    '--timeout=60',
    `--rsh=ssh -F "${join(connection.folder, 'config')}"`,
    ...(linkTo === '' ? [] : [`--link-dest=../${linkTo}`]),
    `${from}/`,
    `belay:${to}/`,
  ]
}

/** Releases a folder to all hosts in the fewest commands there are, and returns the milliseconds that it took. */
export type Baseline = (source: string) => Promise<number>

/**
 * The floor of a release, on all hosts at once: one connection, one rsync, one batch of
 * commands. No lock, no barrier, no countdown, no way back.
 */
export async function openBaseline({ hosts, privateKey, folder }: Fixture): Promise<Baseline> {
  const connections = await Promise.all(
    hosts.map((host, index) => prepare(host, privateKey, join(folder, `f${index}`))),
  )
  let previous = ''
  let releases = 0
  return async (source) => {
    const id = `r${++releases}`
    const began = performance.now()
    await Promise.all(connections.map((connection) => release(connection, source, id, previous)))
    const took = performance.now() - began
    await Promise.all(connections.map((connection) => ssh(connection, ['-O', 'exit', 'belay'])))
    previous = id
    return took
  }
}

async function prepare(host: TestHost, privateKey: string, folder: string): Promise<Connection> {
  const made = await host.run(['install', '-d', '-o', 'deploy', '-g', 'deploy', base, `${base}/releases`], {
    user: 'root',
  })
  if (made.status !== 0) throw new Error(`${base} could not be made: ${made.stderr}`)
  mkdirSync(folder)
  writeFileSync(join(folder, 'key'), privateKey, { mode: 0o600 })
  writeFileSync(join(folder, 'known_hosts'), `${host.knownHosts}\n`)
  const config = {
    HostName: host.address,
    Port: host.port,
    User: host.user,
    IdentityFile: join(folder, 'key'),
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    StrictHostKeyChecking: 'yes',
    UserKnownHostsFile: join(folder, 'known_hosts'),
    ControlPath: join(folder, 'socket'),
    ConnectTimeout: 10,
    LogLevel: 'ERROR',
  }
  const lines = Object.entries(config).map(([name, value]) => `  ${name} ${value}`)
  writeFileSync(join(folder, 'config'), `Host belay\n${lines.join('\n')}\n`)
  const { user, address, port, target: name } = host
  return { target: { user, address, port, name }, folder }
}

async function release(connection: Connection, source: string, id: string, previous: string): Promise<void> {
  await ssh(connection, ['-M', '-N', '-f', '-E', join(connection.folder, 'log'), 'belay'])
  const incoming = `${base}/releases/.incoming-${id}`
  await timeCommand('rsync', rsyncArguments(connection, source, incoming, previous))
  await ssh(connection, ['belay', 'exec sh -s'], `${assignments('b_', { base, id })}${script}`)
}

function ssh({ folder }: Connection, args: string[], input?: string): Promise<number> {
  return timeCommand('ssh', ['-F', join(folder, 'config'), ...args], input === undefined ? {} : { input })
}
