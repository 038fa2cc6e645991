import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Program, programs } from './programs.ts'

/** Folders of programs that a plain login does not have on its PATH: daemons, and PostgreSQL's servers on Debian. */
export const systemFolders = ['/usr/sbin', '/sbin'] as const
const otherFolders = ['/usr/lib/postgresql/*/bin', '/usr/lib/python3*']

/** The programs that this machine does not have. */
export function missingOf(wanted: readonly Program[]): Program[] {
  return wanted.filter((program) => !has(program))
}

/** Debian's packages for programs, without duplicates. */
export function packagesOf(wanted: readonly Program[]): string[] {
  return [...new Set(wanted.map((program) => programs[program].package))]
}

/** Why tests that need these programs cannot run here, with the command to install them; undefined if none is missing. */
export function whyMissing(...wanted: readonly Program[]): string | undefined {
  const missing = missingOf(wanted)
  if (missing.length === 0) return undefined
  return `missing: apt-get install --no-install-recommends ${packagesOf(missing).join(' ')}`
}

function has(program: string): boolean {
  if (program.startsWith('/')) return existsSync(program)
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...systemFolders]
  if (folders.some((folder) => folder !== '' && existsSync(join(folder, program)))) return true
  return otherFolders.some((folder) => globSync(join(folder, program)).length > 0)
}
