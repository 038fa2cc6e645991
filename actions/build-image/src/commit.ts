import { runBounded } from '@belay/action-kit'

/** The commit that is built. */
export interface Commit {
  readonly sha: string
  /** Time of the commit, in seconds since 1970; undefined without git. */
  readonly time: number | undefined
}

/**
 * The commit that is checked out in `folder`; it may differ from the commit of the run. Without a work tree or git it is
 * the commit of the run.
 */
export async function commitIn(folder: string, env: NodeJS.ProcessEnv = process.env): Promise<Commit> {
  // In a container job the workspace belongs to another user than git expects.
  const args = ['-c', 'safe.directory=*', '-C', folder, 'log', '-1', '--no-show-signature', '--format=%H %ct']
  try {
    const { status, output } = await runBounded('git', args, { env, timeoutMs: 10_000, keptCharacters: 1000 })
    const [, sha, time] = /^([0-9a-f]{40}) (\d+)$/.exec(output.trim()) ?? []
    if (status === 0 && sha) return { sha, time: Number(time) }
  } catch {
    // no git
  }
  // no git, no work tree, or a commit that was not fetched
  return { sha: (env.GITHUB_SHA ?? '').toLowerCase(), time: undefined }
}
