import { createHash } from 'node:crypto'
import { chmodSync, copyFileSync, createReadStream, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Failure, Interrupted, messageOf, runProgram } from '@belay/action-kit'
import { type PinnedFile, toolReleases } from './pinned-tools.ts'

/** How long a download may take, with retries. */
const deadlineSeconds = 300

export interface DownloadOptions {
  /** A folder of this job. Programs are run from here, where no other job writes. */
  readonly folder: string
  readonly signal: AbortSignal
  readonly info: (line: string) => void
  readonly warn: (line: string) => void
  /** Default: five minutes. */
  readonly seconds?: number
}

/**
 * Fetches a program of a release, from the runner's tool cache or by a download. The checksum is computed from the copy
 * that is then unpacked, also for a file from the cache: other jobs write to the cache of a self-hosted runner as well.
 * @returns the path of the program
 * @throws Failure `download-failed`, `tool-changed`, `tool-unreadable`; Interrupted
 */
export async function fetchTool(pinned: PinnedFile, download: DownloadOptions): Promise<string> {
  const { tool, version } = pinned
  const folder = join(download.folder, `${tool}-${version}`)
  const program = join(folder, toolReleases[tool].program)
  // An earlier call of this step fetched it, and verified its checksum.
  if (existsSync(program)) return program
  const file = join(download.folder, `${tool}-${version}.part`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    await fetchFile(pinned, file, download)
    await unpack(pinned, file, program)
    return program
  } finally {
    rmSync(file, { force: true })
  }
}

/** Writes to `file` only bytes that match the checksum. */
async function fetchFile(pinned: PinnedFile, file: string, download: DownloadOptions): Promise<void> {
  const { tool, version, arch, url, sha256 } = pinned
  const { cacheFile, downloadTool, find } = await import(/* webpackIgnore: true */ '@belay/toolkit')
  const asset = basename(url.pathname)
  // Without it the runner has no cache, and find throws.
  const hasCache = Boolean(process.env.RUNNER_TOOL_CACHE)
  const cached = hasCache ? find(`belay-${tool}`, version, arch) : ''
  if (cached !== '' && existsSync(join(cached, asset))) {
    copyFileSync(join(cached, asset), file)
    if ((await sha256Of(file)) === sha256) return download.info(`${tool} ${version} comes from the tool cache.`)
    download.warn(`${tool} ${version} in the tool cache has another checksum than the release; it is downloaded again.`)
  }
  rmSync(file, { force: true })
  download.info(`Downloading ${tool} ${version} from ${url.host}.`)
  await withinDownloadDeadline(download, pinned, downloadTool(url.href, file))
  const found = await sha256Of(file)
  if (found !== sha256)
    throw new Failure(
      'tool-changed',
      `${url} has the checksum sha256:${found}, but the expected checksum of ${tool} ${version} is sha256:${sha256}. The file was not run.`,
      'check the proxies between the runner and that server. If the release itself was changed, do not use it.',
    )
  if (hasCache)
    await cacheFile(file, asset, `belay-${tool}`, version, arch).catch((error: unknown) =>
      download.warn(`${tool} ${version} could not be put into the tool cache: ${messageOf(error)}`),
    )
}

/** Waits for a download until a cancel or the deadline. A download that continues after that ends with this process. */
async function withinDownloadDeadline(
  { signal, seconds = deadlineSeconds }: DownloadOptions,
  { url }: PinnedFile,
  download: Promise<unknown>,
) {
  const late = AbortSignal.timeout(seconds * 1000)
  const stop = AbortSignal.any([signal, late])
  const stopped = new Promise<never>((_, reject) => {
    if (stop.aborted) reject(stop.reason)
    stop.addEventListener('abort', () => reject(stop.reason))
  })
  try {
    await Promise.race([download, stopped])
  } catch (error) {
    if (signal.aborted) throw new Interrupted()
    const why = late.aborted ? `it took longer than ${seconds} s` : messageOf(error)
    throw new Failure(
      'download-failed',
      `${url} could not be downloaded: ${why}.`,
      'check that this version was released, and HTTPS_PROXY if the runner needs it.',
    )
  }
}

async function unpack({ tool, version }: PinnedFile, file: string, program: string): Promise<void> {
  const { packed, program: name } = toolReleases[tool]
  const folder = `${program}.new`
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (packed) {
    const { status, errors } = await runProgram('tar', ['-xzf', file, '-C', folder, '--no-same-owner', name])
    if (status !== 0)
      throw new Failure(
        'tool-unreadable',
        `${tool} ${version} could not be unpacked: ${errors.trim().split('\n').at(-1)}`,
        'check that this release has a program for Linux.',
      )
  } else copyFileSync(file, join(folder, name))
  chmodSync(join(folder, name), 0o700)
  // By a rename: the program is complete or missing.
  renameSync(join(folder, name), program)
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
