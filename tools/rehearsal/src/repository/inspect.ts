import { assess, parseStatusSet, parseVersionSource } from '@belay/probe'
import { isLocked, openStates } from '../inspect.ts'
import type { Target } from '../observe/served.ts'
import type { Unit } from './facts.ts'
import type { IsolatedNetwork } from './isolated-network.ts'
import type { Server } from './servers.ts'

/** The state of a service on all its servers, read without Belay. */
export interface SeenUnit {
  readonly unit: Unit
  readonly servers: readonly SeenServer[]
  /** What each of its URLs reports. */
  readonly answers: readonly Answer[]
}

export interface SeenServer {
  readonly server: string
  /** The first 12 digits of the commit whose release `current` leads to; undefined: there is none. */
  readonly release: string | undefined
  /** Whether a process holds the service's lock. */
  readonly locked: boolean
  /** Changes that are neither confirmed nor undone. */
  readonly open: readonly string[]
}

export interface Answer {
  readonly url: string
  /** `answered 200`, `no answer` */
  readonly text: string
  readonly version: string | undefined
}

export async function inspectUnit(unit: Unit, servers: readonly Server[], network: IsolatedNetwork): Promise<SeenUnit> {
  const own = servers.filter(({ name }) => unit.hosts.some(({ address }) => address === name))
  const [seen, answers] = await Promise.all([
    Promise.all(own.map((server) => inspectServer(unit, server))),
    Promise.all(unit.urls.map((url) => ask(url, unit.versionFrom, network))),
  ])
  return { unit, servers: seen, answers }
}

async function inspectServer({ path }: Unit, { name, host }: Server): Promise<SeenServer> {
  const [current, locked, open] = await Promise.all([
    host.linkTarget(`${path}/current`),
    isLocked(host, path),
    openStates(host, path),
  ])
  return { server: name, release: current && commitIn(current), locked, open }
}

/** `releases/20261129T101500Z-4f0c1d7e92b3-17-1-a1b2c3d4` */
export function commitIn(release: string): string {
  return /-([0-9a-f]{12})-\d+-\d+-/.exec(release)?.[1] ?? release
}

/** Each URL as its users get it. */
export function targetsOf(units: readonly Unit[], network: IsolatedNetwork): Target[] {
  return units.flatMap(({ service, urls, versionFrom }) =>
    urls.map((url) => ({
      service,
      place: url,
      async ask() {
        const { text, version } = await ask(url, versionFrom, network)
        return version ?? text
      },
    })),
  )
}

async function ask(url: string, versionFrom: string, network: IsolatedNetwork): Promise<Answer> {
  const { status, stdout } = await network.run(['curl', '--silent', '--include', '--max-time', '10', url])
  if (status !== 0) return { url, text: `no answer (curl ${status})`, version: undefined }
  return { url, ...versionIn(stdout, versionFrom) }
}

/** What an answer with its headers reports. */
export function versionIn(answer: string, versionFrom: string): Omit<Answer, 'url'> {
  const [head = '', ...rest] = answer.split(/\r?\n\r?\n/)
  const [first = '', ...lines] = head.split(/\r?\n/)
  const code = Number(first.split(' ')[1])
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(':')[0]?.toLowerCase() ?? '', line.replace(/^[^:]*:\s*/, '')]),
  )
  const source = parseVersionSource(versionFrom)
  const { set: statuses } = parseStatusSet('200-299')
  if (!source) return { text: `answered ${code}`, version: undefined }
  const response = { status: code, headers, body: Buffer.from(rest.join('\n\n')), truncated: false }
  const { message, version } = assess(response, { statuses, version: undefined, versionFrom: source })
  return { text: message, version }
}
