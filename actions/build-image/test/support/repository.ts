import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Repository {
  readonly folder: string
  readonly sha: string
  /** Writes a file and commits it; returns the new commit. */
  commit(files: Record<string, string>): string
  /** A fresh checkout of the newest commit elsewhere, whose files have the current time. */
  clone(): string
  remove(): void
}

/** A git repository with a Dockerfile, a busybox and the libraries that it needs: no base image has to be pulled. */
export function makeRepository(files: Record<string, string>): Repository {
  const base = mkdtempSync(join(tmpdir(), 'belay-repository-'))
  const folder = join(base, 'work')
  mkdirSync(folder)
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main']
    return execFileSync('git', ['-C', folder, ...who, ...args], { encoding: 'utf8' }).trim()
  }
  git('init', '-q')
  busybox(join(folder, 'rootfs'))
  const commit = (changed: Record<string, string>) => {
    for (const [name, text] of Object.entries(changed)) writeFileSync(join(folder, name), text)
    git('add', '-A')
    git('commit', '-q', '-m', 'x', '--date=2026-11-20T10:00:00Z', '--allow-empty')
    return git('rev-parse', 'HEAD')
  }
  return {
    folder,
    sha: commit(files),
    commit,
    clone() {
      const copy = mkdtempSync(join(base, 'clone-'))
      execFileSync('git', ['clone', '-q', folder, copy])
      return copy
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  }
}

function busybox(root: string): void {
  mkdirSync(join(root, 'bin'), { recursive: true })
  copyFileSync('/bin/busybox', join(root, 'bin/busybox'))
  symlinkSync('busybox', join(root, 'bin/sh'))
  // A statically linked busybox has none; then ldd fails.
  const said = execFileSync('sh', ['-c', 'ldd /bin/busybox || true'], { encoding: 'utf8' })
  for (const [path] of said.matchAll(/\/\S+/g)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    copyFileSync(realpathSync(path), join(root, path))
  }
}
