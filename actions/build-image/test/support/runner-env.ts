import type { Repository } from './repository.ts'

/** What the runner sets for a push of the commit `sha` that was checked out into `folder`. */
export function runnerEnv({ folder, sha }: Pick<Repository, 'folder' | 'sha'>): Record<string, string> {
  return {
    GITHUB_WORKSPACE: folder,
    GITHUB_SHA: sha,
    GITHUB_REPOSITORY: 'acme/api',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_REF_TYPE: 'branch',
    GITHUB_REF_NAME: 'main',
  }
}
