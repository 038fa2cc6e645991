import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { jobFolder } from './job.ts'

/** A folder for files with secrets. It is named for this process, so that others can remove it after a kill. */
export function makeSecretFolder(): string {
  mkdirSync(jobFolder(), { recursive: true, mode: 0o700 })
  return mkdtempSync(join(jobFolder(), `secret-${process.pid}-`))
}

/** Removes the secrets of processes that are gone. Steps may run in parallel: those of a living process stay. */
export function sweepSecrets(): void {
  for (const name of namesIn(jobFolder())) {
    const [, pid] = /^secret-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(jobFolder(), name), { recursive: true, force: true })
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
