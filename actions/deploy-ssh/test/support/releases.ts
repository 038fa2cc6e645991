import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Failure, sleep } from '@belay/action-kit'
import { releaseState, type StateText } from '@belay/host'
import type { FleetHost } from '@belay/host/fleet'
import { expect } from 'vitest'
import {
  armOnHost,
  confirmOnHost,
  type HostLease,
  type LockReply,
  lockOnHost,
  undoOnHost,
} from '../../../../packages/host/src/host-commands.ts'
import { connectHost } from '../../../../packages/host/test/support/connected-host.ts'
import type { DeployContext } from '../../src/context.ts'
import { script } from '../../src/script.ts'
import { openSource } from '../../src/source.ts'
import { cargoOf, prepareOn, type Transfer, transferTo } from '../../src/transfer.ts'
import { upload } from '../../src/upload.ts'

export const base = '/srv/api/qa'

/** Files by their path: a text, `-> TARGET` for a link, `x TEXT` for a program; a path that ends with `/` is a folder. */
export type Tree = Record<string, string>

/** A real host on which the files of one release after another are brought, as deploy-ssh does. */
export async function openReleases(shell: string) {
  const { host, connection, close: disconnect } = await connectHost(shell, base)
  const folder = mkdtempSync(join(tmpdir(), 'belay-releases-'))
  let number = 0

  function write(files: Tree): string {
    const source = mkdtempSync(join(folder, 'source-'))
    chmodSync(source, 0o755)
    for (const [path, text] of Object.entries(files)) {
      const file = join(source, path)
      mkdirSync(dirname(file), { recursive: true })
      if (path.endsWith('/')) mkdirSync(file, { recursive: true })
      else if (text.startsWith('-> ')) symlinkSync(text.slice(3), file)
      else {
        writeFileSync(file, text.replace(/^x /, ''), { mode: text.startsWith('x ') ? 0o755 : 0o644 })
        utimesSync(file, 1e9, 1e9)
      }
    }
    return source
  }

  /** Takes the lock; the process of a release that was just confirmed may have it for a moment. */
  async function locked(lease: HostLease, state: StateText, tries = 50): Promise<LockReply> {
    try {
      return await lockOnHost(connection, script, lease, { keepReleases: 4, owner: 'a test', state })
    } catch (error) {
      if ((error as Failure).code !== 'lock-held' || tries === 0) throw error
      await sleep(100)
      return locked(lease, state, tries - 1)
    }
  }

  /** A release that has the lock: what brings its files, and what ends it. */
  async function begin(files: Tree, shared: string[] = [], change = (_: string) => {}) {
    const id = `r${String(++number).padStart(3, '0')}`
    const { name, ...at } = connection.target
    const lease: HostLease = {
      host: name,
      ...at,
      folder: connection.folder,
      base,
      id,
      change: 'release' as const,
      knownHosts: '',
    }
    const state = releaseState({
      release: id,
      version: id,
      sha: '',
      manifest: id,
      schema: '',
      restartKind: 'none',
      restart: '',
      checkKind: 'none',
      check: '',
      checkTimeout: 5,
      slots: [],
      stop: [],
      activate: [],
      deactivate: [],
    })
    const source = write(files)
    change(source)
    const { committed } = await locked(lease, state)
    const step = { id: 'step', journal: { folder } }
    const context = {
      step,
      inputs: { shared },
      content: { id },
      signal: new AbortController().signal,
    } as unknown as DeployContext
    const opened = await openSource(source, folder, context.signal)
    const transfer: Transfer = { context, cargo: cargoOf(opened, shared), committed }
    const fleetHost: FleetHost = { connection, lease }
    return {
      id,
      source,
      release: `${base}/releases/${id}`,
      bring: () => transferTo(fleetHost, transfer),
      prepare: (isLinked: boolean) => prepareOn(fleetHost, transfer, isLinked),
      async commit() {
        expect(await armOnHost(connection, lease, { confirmTimeout: 60, changeTimeout: 20 })).toMatchObject({
          changed: true,
        })
        expect(await confirmOnHost(connection, lease, '')).toMatchObject({ state: 'confirmed' })
      },
      undo: () => undoOnHost(connection, lease, 10),
    }
  }

  /** A whole release; whether it was linked, and its folder. */
  async function release(files: Tree, shared: string[] = [], change?: (source: string) => void) {
    const begun = await begin(files, shared, change)
    const isLinked = await begun.bring()
    await begun.prepare(isLinked)
    await begun.commit()
    return { ...begun, isLinked }
  }

  /** Everything in a folder on the host: type and modes, owner, name, link target and content. */
  async function contentOf(path: string): Promise<string[]> {
    const look = 'cd "$1" && /usr/bin/find . -printf "%M %U %G %p %l\\n" -type f -exec /usr/bin/sha256sum {} +'
    const { stdout, stderr, status } = await host.run(['/bin/sh', '-c', look, 'sh', path], { user: 'root' })
    expect(status, stderr).toBe(0)
    return stdout.trim().split('\n').sort()
  }

  /** The same release as a full comparison would have brought it, under the same conditions. */
  async function compared(source: string, linkTo: string): Promise<string[]> {
    const to = `${base}/releases/.incoming-compared`
    await upload(connection, { from: source, to, linkTo }, new AbortController().signal)
    const content = await contentOf(to)
    await host.run(['rm', '-rf', to])
    return content
  }

  const inode = async (path: string) => (await host.run(['stat', '-c', '%i', path])).stdout.trim()
  const asDeploy = async (...argv: string[]) => {
    const { status, stderr } = await host.run(argv)
    expect(status, `${argv.join(' ')}: ${stderr}`).toBe(0)
  }

  async function close() {
    await disconnect()
    rmSync(folder, { recursive: true })
  }

  return { host, begin, release, contentOf, compared, inode, asDeploy, close }
}
