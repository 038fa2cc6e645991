import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal } from '@belay/action-kit'

/** What the end of the job has to know of the deployment that its beginning made. Holds no secret. */
export interface SavedDeployment {
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

export function saveDeployment(journal: Journal, step: string, deployment: SavedDeployment): void {
  writeFileSync(fileOf(journal, step), JSON.stringify(deployment), { mode: 0o600 })
}

export function readSavedDeployment(journal: Journal, step: string): SavedDeployment | undefined {
  const file = fileOf(journal, step)
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as SavedDeployment) : undefined
}

function fileOf(journal: Journal, step: string): string {
  return join(journal.folder, `${step}.json`)
}
