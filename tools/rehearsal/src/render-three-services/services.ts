import { cpSync } from 'node:fs'
import { basename } from 'node:path'
import type { GitHubCommit } from '@belay/fakes/github'
import { exampleFolder } from '../paths.ts'
import { type Version, v1, v2 } from '../version.ts'

/** The repository that is rehearsed. */
export const exampleRoot = exampleFolder('render-three-services')
export const workflow = 'production.yml'

/** In the order in which they are deployed. */
export const services = ['acme-database', 'acme-api', 'acme-frontend'] as const
export type ServiceName = (typeof services)[number]

/** What the team had deployed with Render itself, before Belay. */
export const v0: Version = { name: 'v0', sha: '07d9a1b4c6e8f0213547698badcfe01324657980', number: '0.9.0' }

/** The services that a version changes: v2 does not change the database, which is not deployed again. */
export function changedBy(version: Version): ServiceName[] {
  return services.filter((name) => version !== v2 || name !== 'acme-database')
}

/** The commits, with the files that decide which services a commit changes. */
export const commits: readonly GitHubCommit[] = [
  { sha: v0.sha, parents: [], message: 'Begin', files: filesAt(v0) },
  { sha: v1.sha, parents: [v0.sha], message: 'A newer graph', files: filesAt(v1) },
  { sha: v2.sha, parents: [v1.sha], message: 'Orders by tenant', files: filesAt(v2) },
]

function filesAt({ name }: Version): Record<string, string> {
  return {
    Dockerfile: name === 'v0' ? 'v0' : 'v1',
    'api/app.mjs': name,
    'frontend/index.html': name,
    'README.md': name,
  }
}

/** Copies the example into an empty folder. Its code is the same at every version and reports its commit. */
export function checkOut(_: Version, folder: string): void {
  cpSync(exampleRoot, folder, { recursive: true, filter: (path) => basename(path) !== 'dist' })
}
