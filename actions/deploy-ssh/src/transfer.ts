import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { releaseState, runCommand } from '@belay/host'
import type { FleetHost } from '@belay/host/fleet'
import { contentList } from './content.ts'
import { type DeployContext, stepFolder } from './context.ts'
import { packEntries } from './pack.ts'
import { script } from './script.ts'
import type { Source } from './source.ts'
import { upload } from './upload.ts'

/** What is brought to all hosts. */
export interface Cargo {
  readonly source: Source
  /** What hosts compare with the list of their committed release; empty where it cannot be said in lines. */
  readonly list: string
  /** What was packed already, by its paths: most hosts lack the same. */
  readonly packs: Map<string, Promise<string | undefined>>
}

/** What is brought to a host, and the release there that it is compared with. */
export interface Transfer {
  readonly context: DeployContext
  readonly cargo: Cargo
  /** Id of the committed release; empty where there is none. */
  readonly committed: string
}

export function cargoOf(source: Source, shared: readonly string[]): Cargo {
  return { source, list: contentList(source.entries, source.rootMode, shared), packs: new Map() }
}

const timeoutMs = 60_000

/** To link a large release may take minutes on a slow disk; the deadline of the step is the limit. */
const linkTimeoutMs = 3_600_000

/** A longer list, of some 60,000 files, would cost the shell of a host more than it saves. */
const maxListLength = 8_000_000

/**
 * Brings a release's files to a host. What the committed release has, untouched, is linked there and only the rest is sent;
 * on any doubt all of it is compared. Returns whether it was linked.
 */
export async function transferTo(host: FleetHost, transfer: Transfer): Promise<boolean> {
  const missing = await linkOnHost(host, transfer)
  if (missing !== undefined && (await send(host, transfer, missing))) return true
  await compareAll(host, transfer)
  return false
}

/** Completes a release on a host: links shared paths into it, and gives it its name. */
export async function prepareOn(host: FleetHost, transfer: Transfer, isLinked: boolean): Promise<void> {
  if (await prepare(host, transfer, isLinked)) return
  // What was linked and sent is not what it should be; nothing of it is left.
  await compareAll(host, transfer)
  await prepare(host, transfer, false)
}

async function prepare({ connection, lease }: FleetHost, transfer: Transfer, isLinked: boolean): Promise<boolean> {
  const { inputs, content, signal } = transfer.context
  const values = {
    base: lease.base,
    id: lease.id,
    params: releaseState({ release: content.id }),
    shared: inputs.shared.map((path) => `${path} ${'../'.repeat(path.split('/').length + 1)}`).join('\n'),
    linked: isLinked,
  }
  const reply = await runCommand(connection, script, 'prepare', values, { timeoutMs, signal })
  return reply.last('prepared') !== false
}

/** Lets the host link what the committed release has: the paths to send then, or undefined where it could not. */
async function linkOnHost(
  { connection, lease }: FleetHost,
  { context: { content, signal }, cargo: { list } }: Transfer,
): Promise<string[] | undefined> {
  if (list === '' || list.length > maxListLength) return undefined
  const values = { base: lease.base, id: lease.id, params: releaseState({ release: content.id }), list }
  const reply = await runCommand(connection, script, 'link', values, { timeoutMs: linkTimeoutMs, signal })
  return reply.last('linked') ? reply.all('send') : undefined
}

/** Sends what the host has not: a little in one call, else by rsync. False where a little did not get there. */
async function send(
  { connection, lease }: FleetHost,
  transfer: Transfer,
  missing: readonly string[],
): Promise<boolean> {
  const { context, cargo, committed } = transfer
  const { source, packs } = cargo
  const { content, signal } = context
  if (missing.length === 0) return true
  const names = new Set(missing)
  const entries = source.entries.filter(({ path }) => names.has(path))
  // A name that is not of this release came back changed.
  if (entries.length !== names.size) return false
  const key = missing.join('\0')
  const packing = packs.get(key) ?? packEntries(source.folder, entries)
  packs.set(key, packing)
  const data = await packing
  if (data === undefined) {
    const file = join(stepFolder(context.step), `missing-${lease.host.replaceAll('/', '_')}`)
    writeFileSync(file, missing.map((path) => `${path}\0`).join(''))
    const to = incomingOf(lease.base, content.id)
    await upload(connection, { from: source.folder, to, linkTo: committed, namesFile: file }, signal)
    return true
  }
  const values = { base: lease.base, id: lease.id, params: releaseState({ release: content.id }), data }
  const reply = await runCommand(connection, script, 'unpack', values, { timeoutMs, signal })
  return reply.last('unpacked') ?? false
}

async function compareAll({ connection, lease }: FleetHost, { context, cargo, committed }: Transfer): Promise<void> {
  const to = incomingOf(lease.base, context.content.id)
  await upload(connection, { from: cargo.source.folder, to, linkTo: committed }, context.signal)
}

function incomingOf(base: string, id: string): string {
  return `${base}/releases/.incoming-${id}`
}
