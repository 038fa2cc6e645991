import type { TestHost } from '@belay/test-hosts'
import { askSha, isLocked, openStates, shaIn } from '../inspect.ts'
import type { Version } from '../version.ts'
import type { Service } from './services.ts'
import { frontOf } from './traffic.ts'

/** The state of one service with two slots on one host, read without Belay. */
export interface SeenSlots {
  readonly host: TestHost
  readonly service: Service
  /** The ports in nginx's file. */
  readonly routed: readonly string[]
  /** The sha that users get through nginx; undefined if nothing listens behind it. */
  readonly served: string | undefined
  readonly slots: readonly SeenSlot[]
  /** Locks that a process holds: of the service, and of the switch of its traffic. */
  readonly locked: readonly string[]
  /** Changes that are neither confirmed nor undone. */
  readonly open: readonly string[]
}

export interface SeenSlot {
  readonly port: string
  /** The sha that its process reports; undefined if none listens. */
  readonly sha: string | undefined
  /** The sha in the release behind its link. */
  readonly content: string | undefined
  /** The text of its state file: `active` or `idle`; undefined if there is none. */
  readonly role: string | undefined
}

/** The required state of a service on a host in production. */
export interface ExpectedSlots {
  /** What users get; undefined: nothing was ever released, and no answer is checked. */
  readonly version: Version | undefined
  /** Whether the slot without traffic must be stopped: after a release that was undone. */
  readonly idleStopped: boolean
}

export async function lookAtSlots(host: TestHost, service: Service): Promise<SeenSlots> {
  const { production, name } = service
  const { path, slots } = production
  const [file, served, seen, locked, open] = await Promise.all([
    host.read(`/etc/nginx/belay/${name}-production/active.conf`),
    askSha(frontOf(host, service, '/health')),
    Promise.all(slots.map((port) => lookAtSlot(host, path, port))),
    isLocked(host, path),
    openStates(host, path),
  ])
  return {
    host,
    service,
    routed: [...(file ?? '').matchAll(/^\s*server\s+\S+:(\d+)[ ;]/gm)].map(([, port = '']) => port),
    served,
    slots: seen,
    locked: locked ? [path] : [],
    open,
  }
}

async function lookAtSlot(host: TestHost, path: string, port: string): Promise<SeenSlot> {
  const [sha, content, role] = await Promise.all([
    askSha(`http://${host.address}:${port}/health`),
    // One command: a host that rolls back may remove it at any moment.
    host.run(['cat', `${path}/slots/${port}/release.json`], { user: 'root' }),
    host.run(['cat', `${path}/slots/${port}.state`], { user: 'root' }),
  ])
  return { port, sha, content: shaIn(content.stdout), role: role.stdout.trim() || undefined }
}

/** Where the slots are not as expected. */
export function slotProblems(seen: SeenSlots, { version, idleStopped }: ExpectedSlots): string[] {
  const where = `${seen.service.name} on ${seen.host.name}`
  const [routed] = seen.routed
  const idle = seen.slots.filter(({ port }) => !seen.routed.includes(port))
  const common = [
    ...(seen.routed.length === 1 ? [] : [`nginx must route ${where} to one slot, not "${seen.routed.join(' ')}"`]),
    ...seen.locked.map((base) => `the lock of ${where} below ${base} is still held`),
    ...seen.open.map((name) => `${where} still has a change that is neither confirmed nor undone: ${name}`),
  ]
  if (!version) {
    const answering = seen.slots.filter(({ sha }) => sha !== undefined)
    return [
      ...common,
      ...answering.map(({ port, sha }) => `slot ${port} of ${where} must not answer, but answers ${sha}`),
    ]
  }
  const active = seen.slots.find(({ port }) => port === routed)
  const is = (what: string, sha: string | undefined) =>
    sha === version.sha ? [] : [`${what} must be ${version.sha}, but ${sha ? `is ${sha}` : 'nothing answers'}`]
  return [
    ...common,
    ...is(`what users of ${where} get`, seen.served),
    ...is(`slot ${routed} of ${where}, which has the traffic,`, active?.sha),
    ...is(`the release behind the link of slot ${routed} of ${where}`, active?.content),
    ...(active?.role === 'active'
      ? []
      : [`slot ${routed} of ${where} has the traffic, but its state file says ${active?.role ?? 'nothing'}`]),
    ...idle.flatMap(({ port, sha, role }) => [
      ...(role === 'active' ? [`slot ${port} of ${where} has no traffic, but its state file says active`] : []),
      ...(idleStopped && sha !== undefined ? [`slot ${port} of ${where} must be stopped, but answers ${sha}`] : []),
    ]),
  ]
}
