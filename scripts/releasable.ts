/** What decides whether a commit can be released. */
export interface Candidate {
  /** Of package.json, without `v`. */
  readonly version: string
  /** GitHub's name of what the run was started for: `refs/heads/main`. */
  readonly ref: string
  readonly changelog: string
  /** Paths of changesets that no release has taken up. */
  readonly pending: readonly string[]
  /** Names of the tags that there are. */
  readonly tags: readonly string[]
}

/** Why a commit cannot be released, each with how to fix it; none: it can. Pure. */
export function releaseProblems({ version, ref, changelog, pending, tags }: Candidate): string[] {
  const problems: string[] = []
  if (!/^\d+\.\d+\.\d+$/.test(version))
    problems.push(`package.json says ${version}, which is no version of a release. How to fix: npm run release:prepare`)
  if (ref !== 'refs/heads/main') problems.push(`This run is for ${ref}. How to fix: start it for main.`)
  if (pending.length > 0)
    problems.push(
      `Changesets are in no release yet: ${pending.join(', ')}. How to fix: npm run release:prepare, merge.`,
    )
  if (!changelog.split('\n').includes(`## ${version}`))
    problems.push(`CHANGELOG.md has no "## ${version}". How to fix: npm run release:prepare, merge.`)
  if (tags.includes(`v${version}`))
    problems.push(`v${version} is released already, and never moves. How to fix: npm run release:prepare, merge.`)
  return problems
}
