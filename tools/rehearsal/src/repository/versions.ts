import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Version } from '../version.ts'

/** A throwaway clone with two commits: the working tree as it is, and an empty commit on it. */
export interface Versions {
  readonly root: string
  readonly branch: string
  /** The commit that the working tree stands on; empty for an example, which has two versions of its own. */
  readonly base: string
  /** How many files differ from it. */
  readonly changed: number
  /** What a run of a workflow is called: its file, or the environment of an example. */
  label(file: string): string
  readonly first: Version
  readonly second: Version
  /** Checks a version out into an empty folder. */
  checkOut(version: Version, into: string): void
}

/**
 * Two commits of the same code, but for files that only the second has: what is tested is the release, not the change
 * between versions.
 */
export function cloneVersions(repository: string, folder: string, newFiles: readonly string[] = []): Versions {
  const root = join(folder, 'repository')
  git(folder, 'clone', '--quiet', '--no-hardlinks', repository, root)
  const base = git(root, 'rev-parse', 'HEAD')
  const branch = git(root, 'rev-parse', '--abbrev-ref', 'HEAD')
  copyWorkingTree(repository, root)
  git(root, 'add', '--all')
  const changed = lines(git(root, 'status', '--porcelain')).length
  if (newFiles.length > 0) git(root, 'rm', '--quiet', '--cached', '--', ...newFiles)
  const first = commit(root, 'The working tree', '0.0.1')
  if (newFiles.length > 0) git(root, 'add', '--', ...newFiles)
  const second = commit(root, 'The same again', '0.0.2')
  return {
    root,
    branch: branch === 'HEAD' ? 'main' : branch,
    base,
    changed,
    label: (file) => file,
    first,
    second,
    checkOut({ sha }, into) {
      git(folder, 'clone', '--quiet', '--shared', '--no-checkout', root, into)
      git(into, 'checkout', '--quiet', '--detach', sha)
    },
  }
}

/** What git would commit: changed files and new ones, but none that is ignored. */
function copyWorkingTree(repository: string, root: string): void {
  const known = lines(git(repository, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'), '\0')
  for (const path of known) {
    const [from, to] = [join(repository, path), join(root, path)]
    rmSync(to, { recursive: true, force: true })
    if (!existsSync(from)) continue
    mkdirSync(dirname(to), { recursive: true })
    cpSync(from, to, { verbatimSymlinks: true, recursive: true })
  }
}

function commit(root: string, message: string, number: string): Version {
  const author = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@example.com', '-c', 'commit.gpgsign=false']
  git(root, ...author, 'commit', '--quiet', '--allow-empty', '--no-verify', '--message', message)
  return { name: `v${number}`, number, sha: git(root, 'rev-parse', 'HEAD') }
}

function git(folder: string, ...args: string[]): string {
  // The repository may belong to another user: it is only read.
  const all = ['-c', 'safe.directory=*', '-C', folder, ...args]
  return execFileSync('git', all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trimEnd()
}

function lines(text: string, separator = '\n'): string[] {
  return text.split(separator).filter(Boolean)
}
