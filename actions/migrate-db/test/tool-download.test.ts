import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pinTool } from '../../../scripts/pin-tool.ts'
import { type PinnedFile, type PinnedName, parseToolVersion, pinnedFile } from '../src/pinned-tools.ts'
import { type DownloadOptions, fetchTool } from '../src/tool-download.ts'

const program = '#!/bin/sh\necho "version 1.2.3"\n'
const version = '1.2.3'

let root: string
let server: Server
let base: URL
/** The files of the releases by path, and the requests for them. */
const files = new Map<string, Buffer>()
const asked: string[] = []
/** Statuses for the next requests, or a hang. */
let trouble: (number | 'hang' | 'cut')[] = []
const said: string[] = []

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'belay-tool-'))
  // As it is on a runner; the toolkit's waits between tries are for real servers.
  process.env.RUNNER_TOOL_CACHE = join(root, 'cache')
  process.env.RUNNER_TEMP = join(root, 'temp')
  Object.assign(globalThis, { TEST_DOWNLOAD_TOOL_RETRY_MIN_SECONDS: 0, TEST_DOWNLOAD_TOOL_RETRY_MAX_SECONDS: 0 })
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const next = trouble.shift()
    const bytes = files.get(request.url ?? '')
    if (next === 'hang') return
    if (next === 'cut') {
      response.writeHead(200, { 'content-length': 100_000 })
      response.write('half', () => request.socket.resetAndDestroy())
    } else if (next !== undefined || !bytes) response.writeHead(next ?? 404).end()
    else response.writeHead(200).end(bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
})
afterEach(async () => {
  delete process.env.RUNNER_TOOL_CACHE
  delete process.env.RUNNER_TEMP
  files.clear()
  asked.length = said.length = 0
  trouble = []
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  rmSync(root, { recursive: true })
})

/** Releases a tool on the server, as its authors do. */
function release(tool: PinnedName, text = program): PinnedFile {
  const bytes = tool === 'dbmate' ? Buffer.from(text) : tarOf({ migrate: text, 'README.md': 'read', LICENSE: 'MIT' })
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const pinned = pinnedFile(tool, { version, sha256 }, process.arch, { server: base })
  files.set(pinned.url.pathname, bytes)
  return pinned
}

function tarOf(members: Record<string, string>): Buffer {
  const folder = mkdtempSync(join(root, 'tar-'))
  for (const [name, text] of Object.entries(members)) writeFileSync(join(folder, name), text)
  if (members.migrate) chmodSync(join(folder, 'migrate'), 0o755)
  return execFileSync('tar', ['-cz', '-C', folder, ...Object.keys(members)])
}

let jobs = 0
/** Fetches a tool in a job of its own. */
function bring(pinned: PinnedFile, more: Partial<DownloadOptions> = {}): Promise<string> {
  const folder = join(root, `job-${++jobs}`)
  const { signal } = new AbortController()
  const note = (line: string) => void said.push(line)
  return fetchTool(pinned, { folder, signal, info: note, warn: note, ...more })
}

const cachedFile = (tool: PinnedName) => {
  const folder = join(root, `cache/belay-${tool}/${version}/${process.arch}`)
  return join(folder, readdirSync(folder)[0] ?? '')
}

describe.each<PinnedName>(['dbmate', 'golang-migrate'])('%s', (tool) => {
  test('is downloaded once, and comes from the cache in the next job', async () => {
    const pinned = release(tool)
    for (let job = 1; job <= 2; job++)
      expect(execFileSync(await bring(pinned), { encoding: 'utf8' })).toBe('version 1.2.3\n')
    expect(asked).toHaveLength(1)
  })

  test('is not run if its checksum is another one', async () => {
    const pinned = release(tool)
    files.set(pinned.url.pathname, Buffer.from('#!/bin/sh\nexit 0\n'))
    const folder = join(root, 'job')
    await expect(bring(pinned, { folder })).rejects.toMatchObject({
      code: 'tool-changed',
      message: expect.stringContaining(`sha256:${pinned.sha256}`),
    })
    expect(existsSync(join(root, 'cache'))).toBe(false)
    expect(readdirSync(folder, { recursive: true })).toEqual([`${tool}-${version}`])
  })

  test('that another job changed in the cache is downloaded again', async () => {
    const pinned = release(tool)
    await bring(pinned)
    writeFileSync(cachedFile(tool), 'evil')
    expect(execFileSync(await bring(pinned), { encoding: 'utf8' })).toBe('version 1.2.3\n')
    expect(asked).toHaveLength(2)
    expect(said.join('\n')).toContain('in the tool cache has another checksum than the release')
    expect(readFileSync(cachedFile(tool))).toEqual(files.get(pinned.url.pathname))
  })
})

test('a download from a failing server is retried', async () => {
  const pinned = release('dbmate')
  trouble = [503, 'cut']
  expect(existsSync(await bring(pinned))).toBe(true)
  expect(asked).toHaveLength(3)
})

test('a version that was never released fails the download', async () => {
  const pinned = release('dbmate')
  files.clear()
  await expect(bring(pinned)).rejects.toMatchObject({
    code: 'download-failed',
    message: expect.stringContaining(pinned.url.href),
  })
  expect(asked).toHaveLength(1)
})

test('a download from a hanging server ends at the deadline', async () => {
  trouble = ['hang']
  const began = performance.now()
  await expect(bring(release('dbmate'), { seconds: 0.3 })).rejects.toMatchObject({
    code: 'download-failed',
    message: expect.stringContaining('longer than 0.3 s'),
  })
  expect(performance.now() - began).toBeLessThan(5000)
})

test('a cancelled job does not wait for a download', async () => {
  trouble = ['hang']
  const cancel = new AbortController()
  setTimeout(() => cancel.abort(), 200)
  await expect(bring(release('dbmate'), { signal: cancel.signal })).rejects.toMatchObject({ code: 'interrupted' })
})

test('a runner without a tool cache, or with an unusable one, gets the tool all the same', async () => {
  const pinned = release('golang-migrate')
  delete process.env.RUNNER_TOOL_CACHE
  expect(existsSync(await bring(pinned))).toBe(true)
  mkdirSync(join(root, 'file'), { recursive: true })
  writeFileSync(join(root, 'file/cache'), '')
  process.env.RUNNER_TOOL_CACHE = join(root, 'file/cache')
  expect(existsSync(await bring(pinned))).toBe(true)
  expect(said.join('\n')).toContain('could not be put into the tool cache')
})

test('an archive without the program is unreadable', async () => {
  const pinned = release('golang-migrate')
  const bytes = tarOf({ other: 'x' })
  files.set(pinned.url.pathname, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await expect(bring({ ...pinned, sha256 })).rejects.toMatchObject({ code: 'tool-unreadable' })
})

test('the script that adds a release computes the checksums of its files', async () => {
  const table = join(root, 'table.json')
  writeFileSync(table, '[]')
  const url = (arch: string) => pinnedFile('dbmate', { version, sha256: '0'.repeat(64) }, arch, { server: base }).url
  files.set(url('x64').pathname, Buffer.from('x'))
  await expect(pinTool('dbmate', version, table, base)).rejects.toThrow('HTTP 404')
  expect(readFileSync(table, 'utf8')).toBe('[]')
  files.set(url('arm64').pathname, Buffer.from('arm'))
  for (const _ of [1, 2]) await pinTool('dbmate', version, table, base)
  const sum = (text: string) => createHash('sha256').update(text).digest('hex')
  expect(JSON.parse(readFileSync(table, 'utf8'))).toEqual([
    { tool: 'dbmate', version, sha256: { x64: sum('x'), arm64: sum('arm') } },
  ])
})

describe('the table', () => {
  const pins = [{ tool: 'dbmate', version: '2.0.0', sha256: { x64: 'a'.repeat(64), arm64: 'b'.repeat(64) } }] as const
  const of = (text: string, arch = 'x64') => {
    const asked = parseToolVersion(text)
    return asked && pinnedFile('dbmate', asked, arch, { pins })
  }

  test.each([
    ['2.0.0', 'x64', 'a', 'amd64'],
    ['v2.0.0', 'arm64', 'b', 'arm64'],
    [`2.0.0@sha256:${'c'.repeat(64)}`, 'x64', 'c', 'amd64'],
    [`9.9.9@sha256:${'c'.repeat(64)}`, 'arm64', 'c', 'arm64'],
  ])('has %s for %s', (text, arch, digit, suffix) => {
    expect(of(text, arch)).toMatchObject({ sha256: digit.repeat(64) })
    expect(of(text, arch)?.url.href).toMatch(new RegExp(`^https://github\\.com/amacneil/dbmate/.*-${suffix}$`))
  })

  test('refuses an unknown version by name, with the remedies', () => {
    expect(() => of('2.1.0')).toThrow(
      expect.objectContaining({
        code: 'tool-unpinned',
        message: expect.stringMatching(/dbmate 2\.1\.0 .* those of 2\.0\.0.*\n.*tool-version: 2\.1\.0@sha256:/s),
      }),
    )
    expect(() => of('2.0.0', 's390x')).toThrow(expect.objectContaining({ code: 'tool-unpinned' }))
  })

  test.each(['latest', '2', '2.0', '2.0.0@sha256:abc', '../2.0.0', '2.0.0 '])('does not accept %j', (text) => {
    expect(parseToolVersion(text)).toBeUndefined()
  })

  test('has complete rows, each version once', () => {
    const rows = JSON.parse(readFileSync(join(import.meta.dirname, '../src/pinned-tools.json'), 'utf8')) as typeof pins
    for (const { tool, version: known, sha256 } of rows) {
      expect(['dbmate', 'golang-migrate']).toContain(tool)
      expect(parseToolVersion(known)).toEqual({ version: known, sha256: undefined })
      expect(Object.entries(sha256).map(([arch, hex]) => [arch, /^[0-9a-f]{64}$/.test(hex)])).toEqual([
        ['x64', true],
        ['arm64', true],
      ])
    }
    expect(new Set(rows.map((row) => `${row.tool} ${row.version}`)).size).toBe(rows.length)
  })
})
