import { Failure } from '@belay/action-kit'
import { type GitHub, GitHubRefusal } from './client.ts'

/** How `head` stands to `base`: `ahead` has all of it and more, `behind` is part of its past. */
export type Relation = 'identical' | 'ahead' | 'behind' | 'diverged'

export interface ShortCommit {
  readonly sha: string
  /** The first line of its message, whatever its author wrote there. */
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
    const { sha } = await github.get<{ sha: string }>(`/commits/tags/${encodeURIComponent(version)}`)
    return sha
  } catch (error) {
    if (!(error instanceof GitHubRefusal) || ![404, 422].includes(error.status)) throw error
    throw new Failure(
      'no-such-version',
      `${github.repository} has no tag "${version}".`,
      'give a tag, the 40 digits of a commit, or `previous`.',
    )
  }
}

export function isSha(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text)
}

/** Commits without a common ancestor count as diverged. */
export async function relationOf(github: GitHub, base: string, head: string): Promise<Relation> {
  if (base === head) return 'identical'
  try {
    return (await compare(github, base, head, 1, 1)).status
  } catch (error) {
    if (error instanceof GitHubRefusal && error.status === 404) return 'diverged'
    throw error
  }
}

/** So many commits are asked for at most, by pages of a hundred. */
const mostPages = 3

/** What `head` has and `base` has not, oldest first; `total` counts also those that were not asked for. */
export async function commitsBetween(
  github: GitHub,
  base: string,
  head: string,
): Promise<{ commits: ShortCommit[]; total: number }> {
  const commits: ShortCommit[] = []
  let total = 0
  for (let page = 1; page <= mostPages; page++) {
    const compared = await compare(github, base, head, 100, page)
    total = compared.total_commits
    commits.push(...compared.commits.map(shorten))
    if (commits.length >= total || compared.commits.length === 0) break
  }
  return { commits, total }
}

interface Compared {
  readonly status: Relation
  readonly total_commits: number
  readonly commits: readonly {
    readonly sha: string
    readonly commit: { readonly message: string; readonly author: { readonly name?: string } | null }
  }[]
}

function compare(github: GitHub, base: string, head: string, size: number, page: number): Promise<Compared> {
  return github.get<Compared>(`/compare/${base}...${head}`, { per_page: size, page })
}

function shorten({ sha, commit }: Compared['commits'][number]): ShortCommit {
  return { sha, title: commit.message.split(/\r?\n/, 1)[0] ?? '', author: commit.author?.name ?? '' }
}

/** Release branches that are asked at most, the newest by name first. */
const mostBranches = 30

/** Whether a commit is on the default branch, and, where it is not, the branch below `release/` that holds it. */
export async function branchesHolding(
  github: GitHub,
  sha: string,
  defaultBranch: string,
): Promise<{ default: boolean; release: string | undefined }> {
  if (await holds(github, defaultBranch, sha)) return { default: true, release: undefined }
  const refs = await github.get<readonly { ref: string }[]>('/git/matching-refs/heads/release/', { per_page: 100 })
  const names = refs.map(({ ref }) => ref.replace(/^refs\/heads\//, ''))
  const newest = names.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true })).slice(0, mostBranches)
  for (const branch of newest) if (await holds(github, branch, sha)) return { default: false, release: branch }
  return { default: false, release: undefined }
}

async function holds(github: GitHub, branch: string, sha: string): Promise<boolean> {
  const relation = await relationOf(github, sha, encodeURIComponent(branch))
  return relation === 'ahead' || relation === 'identical'
}
