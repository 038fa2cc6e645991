import { existsSync } from 'node:fs'
import { Failure, messageOf, runProgram, type Step } from '@belay/action-kit'
import { isKeptRelease, type Release } from '@belay/release-model'
import { displayPath, workspaceFolder } from './files.ts'

/** The commit that a folder was checked out at; or why there is none to compare with a release's. */
export type Origin = { readonly commit: string } | { readonly none: string }

/**
 * Compares the migrations with the release: those of another commit would change the schema for a version that is not
 * released. Where there is nothing to compare, a note says why.
 * @param folder of the migrations; where there is none, the workspace counts
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
  if (!certain) return compared(`no release was begun in this job. ${shown} is at ${commit}, and the run is for ${sha}`)
  const name = version === sha ? `is of ${sha}` : `${version} is of ${sha}`
  throw new Failure(
    'wrong-checkout',
    `The migrations in ${shown} are of the commit ${commit}, and the release ${name}. Nothing was touched.`,
    `check out the release before this step, by actions/checkout with \`ref: ${refOf(release)}\`; a bare name may be a branch. If the checkout is right, give its commit as \`version\`.`,
  )
}

function refOf({ version, sha }: Pick<Release, 'version' | 'sha'>): string {
  return version === sha ? sha : `refs/tags/${version}`
}

/**
 * Reads which commit a folder was checked out at. None: no checkout is around it; it is not part of the one around it,
 * as an artifact is not; it is another repository's; or git cannot be asked.
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
    return { none: `could not be asked by git: ${messageOf(error)}` }
  }
}

/** What git says, without the line break at its end; undefined where it fails. */
async function git(folder: string, ...args: readonly string[]): Promise<string | undefined> {
  // In a container the checkout is often another user's, and git would refuse to read it.
  const { status, output } = await runProgram('git', ['-c', 'safe.directory=*', '-C', folder, ...args])
  return status === 0 ? output.trim() : undefined
}

/** `owner/name` in the address of a remote; undefined where it is a path of this machine, or none. */
function nameIn(remote: string): string | undefined {
  const [, name] = /^(?:(?:https?|ssh|git):\/\/[^/]+\/|[^/@]+@[^/:]+:)([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(remote) ?? []
  return name
}
