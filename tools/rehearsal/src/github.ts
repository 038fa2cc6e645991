import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FakeGitHub,
  type GitHubArtifact,
  type GitHubCommit,
  type GitHubPermissions,
  startFakeGitHub,
} from '@belay/fakes/github'
import { tagOf, type Version, v1, v2 } from './version.ts'

export const repository = 'acme/shop'
export const repositoryId = '4711'

type Access = 'read' | 'write' | undefined
const rights = ['contents', 'actions', 'deployments'] as const
const levels: readonly Access[] = [undefined, 'read', 'write']

/** How every token of a job begins here. */
export const tokenPrefix = 'ghs_rehearsal_'

/** The token that GitHub would make for a job with these permissions: a map, or `read-all` or `write-all`. */
export function tokenFor(permissions: unknown): string {
  const all = /^(read|write)-all$/.exec(String(permissions))?.[1] as Access
  const granted = all
    ? Object.fromEntries(rights.map((right) => [right, all]))
    : ((permissions ?? { contents: 'read' }) as Record<string, Access>)
  return `${tokenPrefix}${rights.map((right) => granted[right] ?? 'none').join('_')}`
}

const shopCommits: readonly GitHubCommit[] = [
  { sha: v1.sha, parents: [], message: 'Take orders' },
  { sha: v2.sha, parents: [v1.sha], message: 'Find what is to be packed faster' },
]

/**
 * Starts a local GitHub with the example's repository. `proven`: the numbers of the successful QA runs. Their artifacts
 * are below `artifacts`, in a folder for each run.
 */
export function startExampleGitHub(
  proven: ReadonlyMap<Version, number>,
  artifacts: string,
  commits = shopCommits,
): Promise<FakeGitHub> {
  const runs = [...proven].map(([{ sha }, id]) => ({ id, path: '.github/workflows/qa.yml', sha }))
  return startFakeGitHub({
    tokens: rehearsalTokens(),
    repository: {
      name: repository,
      commits,
      branches: { main: v2.sha },
      tags: { [tagOf(v1)]: v1.sha, [tagOf(v2)]: { annotated: v2.sha } },
      runs,
      artifacts: runs.flatMap(({ id }) => artifactsOf(join(artifacts, String(id)), id)),
    },
  })
}

/** From now on GitHub has that run of QA as a success. `artifacts`: those of all runs, in a folder for each. */
export function proveOn(github: FakeGitHub, { sha }: Version, id: number, artifacts: string, file = 'qa.yml'): void {
  github.addRun({ id, path: `.github/workflows/${file}`, sha }, artifactsOf(join(artifacts, String(id)), id))
}

/** A token for each set of permissions that a job may have. */
export function rehearsalTokens(): Record<string, GitHubPermissions> {
  const every = levels.flatMap((contents) =>
    levels.flatMap((actions) => levels.map((deployments) => ({ contents, actions, deployments }))),
  )
  return Object.fromEntries(every.map((permissions) => [tokenFor(permissions), defined(permissions)]))
}

/** What a run has uploaded into its folder. Empty if it has uploaded nothing. */
function artifactsOf(folder: string, run: number): GitHubArtifact[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder).map((name) => {
    const files = readdirSync(join(folder, name), { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    )
    const contents = files.map((file) => [file.name, readFileSync(join(file.parentPath, file.name))] as const)
    return { name, run, files: Object.fromEntries(contents) }
  })
}

function defined<T extends object>(values: T): { [key in keyof T]?: Exclude<T[key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof defined<T>
  >
}
