import type { TestHost } from '@belay/test-hosts'
import { askSha, isLocked, openStates, shaIn } from '../inspect.ts'

/** The state of a service in one place, read without Belay. */
export interface SeenPlace {
  readonly service: string
  /** `host-1`; empty where the service is in one place only. */
  readonly place: string
  /** What it reports: by its URL, or by an empty name where there is one way to it. */
  readonly answers: readonly Answer[]
  /** The release behind `current`; left out where there is no such link. */
  readonly current?: Current
  readonly slots?: SeenSlots
  /** Locks that a process holds. */
  readonly locked: readonly string[]
  /** Changes that are neither confirmed nor undone. */
  readonly open: readonly string[]
}

export interface Answer {
  readonly url: string
  /** The commit that it reports, or an answer without one; undefined: nothing answers. */
  readonly sha: string | undefined
  /** What it says where it names no commit. */
  readonly text?: string
}

export interface Current {
  /** The target of `current`; undefined: there is none. */
  readonly link: string | undefined
  /** The commit in the release behind it. */
  readonly sha: string | undefined
}

export interface SeenSlots {
  /** The ports in the proxy's file. */
  readonly routed: readonly string[]
  readonly each: readonly SeenSlot[]
}

export interface SeenSlot {
  readonly port: string
  /** The commit that its process reports; undefined if none listens. */
  readonly sha: string | undefined
  /** The commit in the release behind its link, or of its image. */
  readonly content: string | undefined
  /** The text of its state file: `active` or `idle`; undefined if there is none. */
  readonly role: string | undefined
}

/** `acme-api on host-1` */
export function whereOf({ service, place }: Pick<SeenPlace, 'service' | 'place'>): string {
  return place ? `${service} on ${place}` : service
}

/** A service whose restart is the switch. `ask`: what it reports. */
export async function inspectPlain(
  host: TestHost,
  place: { readonly service: string; readonly place: string; readonly path: string },
  ask: () => Promise<readonly Answer[]>,
): Promise<SeenPlace> {
  const { path } = place
  const [answers, link, content, ...states] = await Promise.all([
    ask(),
    host.linkTarget(`${path}/current`),
    // One command: a host that rolls back may remove it at any moment.
    host.run(['cat', `${path}/current/release.json`], { user: 'root' }),
    ...statesOf(host, path),
  ])
  const [locked, open] = states as [boolean, string[]]
  return {
    service: place.service,
    place: place.place,
    answers,
    current: { link, sha: shaIn(content.stdout) },
    locked: locked ? [path] : [],
    open,
  }
}

/** A service with two slots behind a proxy on its host. */
export interface SlotService {
  readonly service: string
  readonly place: string
  readonly path: string
  readonly ports: readonly string[]
  /** The file that says where the proxy sends traffic. */
  readonly upstream: string
}

export interface SlotReaders {
  /** What users get through the proxy. */
  served(): Promise<readonly Answer[]>
  askSlot(port: string): Promise<string | undefined>
  contentOf(port: string): Promise<string | undefined>
}

export async function inspectSlots(host: TestHost, at: SlotService, readers: SlotReaders): Promise<SeenPlace> {
  const { path, ports, upstream, service, place } = at
  const [file, answers, each, locked, open] = await Promise.all([
    host.read(upstream),
    readers.served(),
    Promise.all(ports.map((port) => inspectSlot(host, path, port, readers))),
    ...statesOf(host, path),
  ])
  const routed = [...(file ?? '').matchAll(/^\s*server\s+\S+:(\d+)[ ;]/gm)].map(([, port = '']) => port)
  return { service, place, answers, slots: { routed, each }, locked: locked ? [path] : [], open }
}

async function inspectSlot(
  host: TestHost,
  path: string,
  port: string,
  { askSlot, contentOf }: SlotReaders,
): Promise<SeenSlot> {
  const [sha, content, role] = await Promise.all([
    askSlot(port),
    contentOf(port),
    host.run(['cat', `${path}/slots/${port}.state`], { user: 'root' }),
  ])
  return { port, sha, content, role: role.stdout.trim() || undefined }
}

/** Readers of slots whose processes listen on the host's address, and whose links lead to releases. */
export function linkedSlots(host: TestHost, path: string, url: string): SlotReaders {
  return {
    served: async () => [{ url: '', sha: await askSha(url) }],
    askSlot: (port) => askSha(`http://${host.address}:${port}/health`),
    // One command: a host that rolls back may remove it at any moment.
    contentOf: async (port) =>
      shaIn((await host.run(['cat', `${path}/slots/${port}/release.json`], { user: 'root' })).stdout),
  }
}

function statesOf(host: TestHost, path: string): [Promise<boolean>, Promise<string[]>] {
  return [isLocked(host, path), openStates(host, path)]
}
