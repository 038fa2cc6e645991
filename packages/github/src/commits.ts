import { Failure } from '@belay/action-kit'
import type { components } from '@octokit/openapi-types'
import type { GitHub } from './client.ts'
import { assertShape, GitHubError } from './failure.ts'

/** The relation of `head` to `base`: `ahead` has all of it and more, `behind` is part of its history. */
export type Relation = 'identical' | 'ahead' | 'behind' | 'diverged'

export interface ShortCommit {
  readonly sha: string
  /** The first line of its message, as its author wrote it. */
  readonly title: string
  readonly author: string
}

/**
 * The commit that a version stands for: 40 hex digits as they are, else a tag, annotated ones peeled. Never a branch,
 * which stands for another commit tomorrow.
 * @throws Failure `no-such-version`
 */
export async function commitOf(github: GitHub, version: string): Promise<string> {
  if (isSha(version)) return version
  try {
    const ref = `tags/${version}`
    const { sha } = await github.ask(({ rest }, repository) =>
      rest.repos.getCommit({ ...repository, ref, per_page: 1 }),
    )
    assertShape(isSha(sha), `the sha of ${version}`)
    return sha
  } catch (error) {
    if (!(error instanceof GitHubError) || ![404, 422].includes(error.status)) throw error
    throw new Failure(
      'no-such-version',
      `${github.repository} has no tag "${version}".`,
      'give a tag, the 40 digits of a commit, or `previous`. In a private repository the job needs `contents: read` to see its tags.',
    )
  }
}

/** Whether it is the 40 hex digits of a commit. */
export function isSha(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value)
}

const relations: readonly string[] = ['identical', 'ahead', 'behind', 'diverged'] satisfies Relation[]

/** Commits without a common ancestor count as diverged. */
export async function relationOf(github: GitHub, base: string, head: string): Promise<Relation> {
  if (base === head) return 'identical'
  const basehead = `${base}...${head}`
  try {
    const { status } = await github.ask(({ rest }, repository) =>
      rest.repos.compareCommitsWithBasehead({ ...repository, basehead, per_page: 1 }),
    )
    assertShape(relations.includes(status), `how ${head} stands to ${base}`)
    return status
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return 'diverged'
    throw error
  }
}

/** How many pages of a hundred commits are requested at most. */
const maxPages = 3

/** The commits of `head` that `base` does not have, oldest first; `total` counts also those that were not requested. */
export async function commitsBetween(
  github: GitHub,
  base: string,
  head: string,
): Promise<{ commits: ShortCommit[]; total: number }> {
  const basehead = `${base}...${head}`
  const commits: ShortCommit[] = []
  let total = 0
  for (let page = 1; page <= maxPages; page++) {
    const compared = await github.ask(({ rest }, repository) =>
      rest.repos.compareCommitsWithBasehead({ ...repository, basehead, per_page: 100, page }),
    )
    assertShape(Array.isArray(compared.commits), 'the list of commits')
    total = compared.total_commits
    commits.push(...compared.commits.map(shorten))
    if (commits.length >= total || compared.commits.length === 0) break
  }
  return { commits, total }
}

function shorten({ sha, commit }: components['schemas']['commit']): ShortCommit {
  return { sha, title: commit.message.split(/\r?\n/, 1)[0] ?? '', author: commit.author?.name ?? '' }
}

/** How many release branches are checked at most, the newest by name first. */
const maxBranches = 30

/** Whether a commit is on the default branch; where it is not, the branch below `release/` that contains it. */
export async function branchesContaining(
  github: GitHub,
  sha: string,
  defaultBranch: string,
): Promise<{ default: boolean; release: string | undefined }> {
  if (await contains(github, defaultBranch, sha)) return { default: true, release: undefined }
  const names = await releaseBranches(github)
  const newest = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, maxBranches)
  for (const branch of newest) if (await contains(github, branch, sha)) return { default: false, release: branch }
  return { default: false, release: undefined }
}

/** The names of all branches below `release/`. */
async function releaseBranches(github: GitHub): Promise<string[]> {
  const refs = await github.ask(async ({ paginate, rest }, repository) => ({
    data: await paginate(rest.git.listMatchingRefs, { ...repository, ref: 'heads/release/', per_page: 100 }),
  }))
  return refs.flatMap(({ ref }) => /^refs\/heads\/(release\/.+)$/.exec(ref)?.[1] ?? [])
}

async function contains(github: GitHub, branch: string, sha: string): Promise<boolean> {
  const relation = await relationOf(github, sha, branch)
  return relation === 'ahead' || relation === 'identical'
}
