import { findControlCharacter } from '@belay/action-kit'

/** One thing in a release: what a host needs to know to have the same. */
export interface ContentEntry {
  /** Below the release, without a slash at either end. */
  readonly path: string
  readonly kind: 'file' | 'exec' | 'link' | 'folder'
  /** SHA-256 of the content, or of the link's text; empty for a folder. */
  readonly digest: string
  /** The permissions of a file or folder on the runner. */
  readonly mode: number
  readonly size: number
}

/** Folders that only their owner may enter on the runner are opened, as rsync is asked to. */
export function folderMode(mode: number): number {
  return (mode & 0o777) | 0o055
}

/**
 * What a finished release is made of, a line each, sorted by bytes: `./PATH`, a tab, the kind, and the digest or mode
 * (delta.sh). What a shared path hides is not in it. Empty where a line could not say it.
 */
export function contentList(entries: readonly ContentEntry[], rootMode: number, shared: readonly string[]): string {
  const paths = new Map<string, string>([['.', `folder ${folderMode(rootMode).toString(8)}`]])
  const isHidden = (path: string) => shared.some((one) => path === one || path.startsWith(`${one}/`))
  for (const { path, kind, digest, mode } of entries)
    if (!isHidden(path)) paths.set(`./${path}`, `${kind} ${kind === 'folder' ? folderMode(mode).toString(8) : digest}`)
  for (const path of shared) {
    if (shared.some((other) => path.startsWith(`${other}/`))) continue
    paths.set(`./${path}`, 'shared -')
    for (const parent of parentsOf(path)) if (!paths.has(`./${parent}`)) paths.set(`./${parent}`, 'made -')
  }
  const lines = [...paths].map(([path, what]) => Buffer.from(`${path}\t${what}`))
  const text = lines.sort(Buffer.compare).map(String)
  const isOdd = [...paths.keys()].some((path) => path.includes('\t') || findControlCharacter(path))
  return isOdd ? '' : text.join('\n')
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
