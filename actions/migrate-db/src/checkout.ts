import { existsSync } from 'node:fs'
import { Failure, messageOf, runProgram, type Step } from '@belay/action-kit'
import { isKeptRelease, type Release } from '@belay/release-model'
import { displayPath, workspaceFolder } from './files.ts'

/** The commit that a folder was checked out at; or why it has none to compare with a release's. */
export type Origin = { readonly commit: string } | { readonly none: string }

/**
 * Compares the commit of the migrations with the release: those of another commit would change the schema for a version
 * that is not released. If no comparison is possible, a log line gives the reason.
 * @param folder of the migrations; if it is missing, the workspace counts
 * @param certain the release's commit is known, because an earlier step began the release or the version names it
 * @throws Failure `wrong-checkout`
 */
export async function assertCheckout(
  step: Pick<Step, 'info'>,
  release: Pick<Release, 'version' | 'sha'>,
  folder: string,
  certain: boolean,
): Promise<void> {
  const { version, sha } = release
  const place = existsSync(folder) ? folder : workspaceFolder()
  const shown = displayPath(place) || 'the workspace'
  const origin = await originOf(place, process.env.GITHUB_REPOSITORY ?? '')
  const compared = (why: string) => step.info(`The commit of the migrations was not compared with the release: ${why}.`)
  if ('none' in origin) return compared(`${shown} ${origin.none}`)
  if (isKeptRelease(version)) return compared(`only the hosts know the commit of ${version}`)
  const { commit } = origin
  if (commit === sha) return
  if (!certain)
    return compared(`no earlier step of this job began a release. ${shown} is at ${commit}, and the run is for ${sha}`)
  const name = version === sha ? `is of ${sha}` : `${version} is of ${sha}`
  throw new Failure(
    'wrong-checkout',
    `The migrations in ${shown} are of the commit ${commit}, and the release ${name}. Nothing was changed.`,
    `check out the release before this step, by actions/checkout with \`ref: ${refOf(release)}\`; a bare name may be a branch. If the checkout is correct, give its commit as \`version\`.`,
  )
}

function refOf({ version, sha }: Pick<Release, 'version' | 'sha'>): string {
  return version === sha ? sha : `refs/tags/${version}`
}

/**
 * Reads which commit a folder was checked out at. `none`: it is in no checkout; it is not a tracked part of the checkout,
 * such as an artifact; the checkout is of another repository; or git fails.
 * @param repository `owner/name` of the run's repository
 */
export async function originOf(folder: string, repository: string): Promise<Origin> {
  try {
    const head = await git(folder, 'rev-parse', '--verify', 'HEAD^{commit}')
    if (head === undefined) return { none: 'is in no git checkout' }
    if (!(await git(folder, 'ls-tree', '--name-only', 'HEAD'))) return { none: 'is not part of the git checkout' }
    const other = nameIn((await git(folder, 'config', '--get', 'remote.origin.url')) ?? '')
    if (other !== undefined && other.toLowerCase() !== repository.toLowerCase())
      return { none: `is of another repository, ${other}` }
    return { commit: head }
  } catch (error) {
    return { none: `could not be read by git: ${messageOf(error)}` }
  }
}

/** The output of git, trimmed; undefined if it fails. */
async function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  // In a container the checkout is often another user's, and git would refuse to read it.
  const { status, output } = await runProgram('git', ['-c', 'safe.directory=*', '-C', folder, ...args])
  return status === 0 ? output.trim() : undefined
}

/** `owner/name` in the address of a remote; undefined for a path of this machine or an empty text. */
function nameIn(remote: string): string | undefined {
  const [, name] = /^(?:(?:https?|ssh|git):\/\/[^/]+\/|[^/@]+@[^/:]+:)([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(remote) ?? []
  return name
}
