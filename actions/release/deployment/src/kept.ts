import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal } from '@belay/action-kit'

/** What the end of the job has to know of the deployment that its beginning made. Holds no secret. */
export interface Kept {
  /** Undefined where GitHub did not know what the hosts go back to. */
  readonly id: number | undefined
  readonly way: 'deploy' | 'rollback'
  readonly sha: string | undefined
  readonly service: string
  readonly environment: string
  readonly version: string
  readonly previous: string | undefined
  /** Earlier deployments that say that they are live, until this one does. */
  readonly live: readonly number[]
}

export function keep(journal: Journal, step: string, kept: Kept): void {
  writeFileSync(fileOf(journal, step), JSON.stringify(kept), { mode: 0o600 })
}

export function kept(journal: Journal, step: string): Kept | undefined {
  const file = fileOf(journal, step)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : undefined
}

function fileOf(journal: Journal, step: string): string {
  return join(journal.folder, `${step}.json`)
}
