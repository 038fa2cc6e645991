/** The facts that decide whether a commit can be released. */
export interface Candidate {
  /** From package.json, without `v`. */
  readonly version: string
  /** The ref that the run was started for: `refs/heads/main`. */
  readonly ref: string
  readonly changelog: string
  /** Paths of changesets that no release includes. */
  readonly pending: readonly string[]
  /** Names of the existing tags. */
  readonly tags: readonly string[]
}

/** Why a commit cannot be released, each with its remedy; empty: it can. Pure. */
export function releaseProblems({ version, ref, changelog, pending, tags }: Candidate): string[] {
  const problems: string[] = []
  if (!/^\d+\.\d+\.\d+$/.test(version))
    problems.push(
      `package.json has ${version}, which is not a version of a release. How to fix: npm run release:prepare`,
    )
  if (ref !== 'refs/heads/main') problems.push(`This run is for ${ref}. How to fix: start it for main.`)
  if (pending.length > 0)
    problems.push(
      `No release includes these changesets yet: ${pending.join(', ')}. How to fix: npm run release:prepare, then merge.`,
    )
  if (!changelog.split('\n').includes(`## ${version}`))
    problems.push(`CHANGELOG.md has no "## ${version}". How to fix: npm run release:prepare, then merge.`)
  if (tags.includes(`v${version}`))
    problems.push(
      `v${version} is released already, and its tag never moves. How to fix: npm run release:prepare, then merge.`,
    )
  return problems
}
