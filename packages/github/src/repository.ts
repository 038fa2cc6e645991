import type { GitHub } from './client.ts'
import { assertShape } from './failure.ts'

/** The repository's number, which a rename leaves as it is, and its default branch. */
export async function repositoryInfo(github: GitHub): Promise<{ id: number; defaultBranch: string }> {
  const { id, default_branch } = await github.ask(({ rest }, repository) => rest.repos.get({ ...repository }))
  assertShape(Number.isInteger(id) && typeof default_branch === 'string', 'the description of the repository')
  return { id, defaultBranch: default_branch }
}
