import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal } from '@belay/action-kit'

/** What the post stage needs of the deployment that main created. Holds no secret. */
export interface SavedDeployment {
  /** Undefined where GitHub did not know what the hosts roll back to. */
  readonly id: number | undefined
  readonly way: 'deploy' | 'rollback'
  readonly sha: string | undefined
  readonly service: string
  readonly environment: string
  readonly version: string
  readonly previous: string | undefined
  /** Earlier deployments that are marked as live, until this one is. */
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
