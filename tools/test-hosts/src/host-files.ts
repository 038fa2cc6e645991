import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { TestHost } from './host.ts'

/**
 * The files of a host, seen through the machine's /proc. No program is started for it: to start one costs a process of
 * many tests as much as a release does, and tests look at files in loops.
 */
export function openFiles(pid: () => number): Pick<TestHost, 'read' | 'write' | 'linkTarget' | 'list' | 'exists'> {
  const at = (path: string) => pathOnMachine(`/proc/${pid()}/root`, path)
  return {
    read: async (path) => orUndefined(() => readFileSync(at(path), 'utf8')),
    async write(path, text, mode = 0o644) {
      const file = at(path)
      mkdirSync(dirname(file), { recursive: true })
      const { uid, gid } = statSync(dirname(file))
      writeFileSync(file, text)
      chownSync(file, uid, gid)
      chmodSync(file, mode)
    },
    linkTarget: async (path) =>
      orUndefined(() => readlinkSync(join(at(dirname(path)), basename(path))), 'ENOENT', 'ENOTDIR', 'EINVAL'),
    list: async (folder) => orUndefined(() => readdirSync(at(folder)).sort()),
    exists: async (path) => orUndefined(() => statSync(at(path))) !== undefined,
  }
}

/** Where a path of a host lies for the machine. A link leads from the host's own root, so each one is followed here. */
function pathOnMachine(root: string, path: string): string {
  const rest = path.split('/')
  let done = ''
  let links = 0
  while (rest.length > 0) {
    const name = rest.shift()
    if (name === '' || name === '.') continue
    if (name === '..') {
      done = done.slice(0, Math.max(0, done.lastIndexOf('/')))
      continue
    }
    const target = orUndefined(() => readlinkSync(`${root}${done}/${name}`), 'ENOENT', 'ENOTDIR', 'EINVAL')
    if (target === undefined || ++links > 40) done = `${done}/${name}`
    else {
      if (target.startsWith('/')) done = ''
      rest.unshift(...target.split('/'))
    }
  }
  return `${root}${done}`
}

function orUndefined<T>(look: () => T, ...codes: string[]): T | undefined {
  const absent = codes.length > 0 ? codes : ['ENOENT', 'ENOTDIR', 'ELOOP']
  try {
    return look()
  } catch (error) {
    // A process that ended: its host is gone.
    if ([...absent, 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
