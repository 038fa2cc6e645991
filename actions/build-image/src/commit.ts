import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** The commit that is built. */
export interface Commit {
  readonly sha: string
  /** When it was made, in seconds since 1970; undefined where there is no git to ask. */
  readonly time: number | undefined
}

/**
 * What is checked out in `folder`, which need not be the commit that the run is for. Without a work tree, or without
 * git, the run's.
 */
export async function commitIn(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Commit> {
  // In a container job the workspace belongs to another user than git expects.
  const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--no-show-signature', '--format=%H %ct']
  try {
    const { stdout } = await promisify(execFile)('git', args, { env, timeout: 10_000 })
    const [, sha, time] = /^([0-9a-f]{40}) (\d+)$/.exec(stdout.trim()) ?? []
    if (sha) return { sha, time: Number(time) }
  } catch {
    // no git, no work tree, or a commit that was never fetched: the run knows its own
  }
  return { sha: (env.GITHUB_SHA ?? '').toLowerCase(), time: undefined }
}
