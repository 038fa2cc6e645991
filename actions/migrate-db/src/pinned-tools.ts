import { Failure } from '@belay/action-kit'
// The checksums of releases, each computed from the real file by scripts/pin-tool.ts, and by nothing else.
import table from './pinned-tools.json' with { type: 'json' }

/** The tools that Belay can download, and where their authors release them. */
export const toolReleases = {
  dbmate: {
    program: 'dbmate',
    /** The asset is the program itself. */
    packed: false,
    path: (version: string, arch: Arch) => `amacneil/dbmate/releases/download/v${version}/dbmate-linux-${names[arch]}`,
  },
  'golang-migrate': {
    program: 'migrate',
    /** The asset is a tar.gz with the program in it. */
    packed: true,
    path: (version: string, arch: Arch) =>
      `golang-migrate/migrate/releases/download/v${version}/migrate.linux-${names[arch]}.tar.gz`,
  },
} as const

export type PinnedName = keyof typeof toolReleases
export type Arch = 'x64' | 'arm64'
export const arches: readonly Arch[] = ['x64', 'arm64']

/** Architectures as releases name them. */
const names: Record<Arch, string> = { x64: 'amd64', arm64: 'arm64' }

/** The server of the releases. */
export const releaseServer = new URL('https://github.com/')

/** A row of the table. */
export interface Pin {
  readonly tool: PinnedName
  readonly version: string
  /** Checksum of the release's file for each architecture, 64 hex digits. */
  readonly sha256: Readonly<Record<Arch, string>>
}

/** The value of `tool-version`. */
export interface ToolVersion {
  /** `2.26.0` */
  readonly version: string
  /** Given with the version, for the architecture of this runner; undefined: the table must have it. */
  readonly sha256: string | undefined
}

/** One file of a release: its URL and its checksum. */
export interface PinnedFile {
  readonly tool: PinnedName
  readonly version: string
  readonly arch: Arch
  readonly url: URL
  readonly sha256: string
}

/** `2.26.0` or `2.26.0@sha256:…`; undefined for anything else. */
export function parseToolVersion(text: string): ToolVersion | undefined {
  const [, version, sha256] = /^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)(?:@sha256:([0-9a-f]{64}))?$/.exec(text) ?? []
  return version === undefined ? undefined : { version, sha256 }
}

/**
 * The file of a release for a machine. Pure.
 * @throws Failure `tool-unpinned` if no checksum is known
 */
export function pinnedFile(
  tool: PinnedName,
  requested: ToolVersion,
  arch: string,
  { server = releaseServer, pins = table as readonly Pin[] }: { server?: URL; pins?: readonly Pin[] } = {},
): PinnedFile {
  const { version } = requested
  const known = arches.find((one) => one === arch)
  if (!known)
    throw new Failure(
      'tool-unpinned',
      `${tool} ${version} cannot be downloaded for ${arch}: Belay knows only releases for ${arches.join(' and ')}.`,
      `install ${tool} in an earlier step.`,
    )
  const url = new URL(toolReleases[tool].path(version, known), server)
  const pin = pins.find((one) => one.tool === tool && one.version === version)
  const sha256 = requested.sha256 ?? pin?.sha256[known]
  if (sha256 !== undefined) return { tool, version, arch: known, url, sha256 }
  const others = pins.filter((one) => one.tool === tool).map((one) => one.version)
  throw new Failure(
    'tool-unpinned',
    `${tool} ${version} is not downloaded, because Belay has no checksum for it${others.length > 0 ? `; it has those of ${others.join(', ')}` : ''}.`,
    `give the SHA-256 of ${url} with the version, as tool-version: ${version}@sha256:…; or install ${tool} in an earlier step.`,
  )
}
