import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Launch } from '@belay/workflow-runner'
import type { IsolatedNetwork } from './isolated-network.ts'
import type { ReleaseWorkflow } from './workflows.ts'

/** Who runs what the repository brings: never root. */
export interface StepUser {
  readonly id: number
  /** Its home, with nothing in it. */
  readonly home: string
}

/** Who has called `sudo`, else nobody. Their home is a new one below the folder. */
export function makeStepUser(folder: string): StepUser {
  const id = Number(process.env.SUDO_UID ?? nobody)
  const home = join(folder, 'home')
  for (const path of [home, join(home, 'tmp')]) {
    mkdirSync(path, { recursive: true })
    chownSync(path, id, id)
  }
  // Its workspaces are below: it may pass, but not look.
  chmodSync(folder, 0o711)
  return { id, home }
}

const nobody = 65534

/** The folder on the way to a path that such a user may not pass; undefined: there is none. */
export function impassable(path: string): string | undefined {
  const above = dirname(path)
  if (above === path) return undefined
  const isOpen = (statSync(path).mode & 0o001) !== 0
  return isOpen ? impassable(above) : path
}

/**
 * Gives the job's files to the user and becomes the command. It enters its folder again by the path: in another mount
 * namespace the one that it has got has no path, and git asks for it.
 */
const asUser = `chown -R "$1:$1" "$2" && cd "$3" && id=$1 && shift 3 && exec setpriv --reuid "$id" --regid "$id" --clear-groups -- "$@"`

/**
 * What stands before the command of a step. The jobs that release run where only the throwaway servers are; what builds
 * has this machine's network. The repository's own commands run without root, Belay's actions with it.
 */
export function launcherFor(
  { steps }: ReleaseWorkflow,
  { enter }: Pick<IsolatedNetwork, 'enter'>,
  user: StepUser,
): Launch {
  const releasing = releasingJobs(steps)
  return ({ job, isAction, folder, cwd }) => [
    ...(releasing.has(job) ? enter : []),
    ...(isAction ? [] : ['sh', '-c', asUser, 'sh', String(user.id), folder, cwd]),
  ]
}

function releasingJobs(steps: ReleaseWorkflow['steps']): Set<string> {
  return new Set(steps.filter(({ environment, inputs }) => environment || inputs.hosts).map(({ job }) => job))
}

/**
 * The variables of a step by its kind: what builds an image finds the runner's Docker (`builds`, by path), a command of the
 * repository has a home and a folder for temporary files, and what releases trusts the throwaway authority. Node.js does not
 * read the files that the network covers.
 */
export function environmentFor(
  { steps }: ReleaseWorkflow,
  { home }: StepUser,
  { authority }: Pick<IsolatedNetwork, 'authority'>,
  builds: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): (path: string) => Record<string, string> {
  const commands = new Set(steps.filter(({ run }) => run !== undefined).map(({ path }) => path))
  const releasing = [...releasingJobs(steps)]
  return (path) => ({
    ...builds[path],
    ...(commands.has(path) && { HOME: home, TMPDIR: join(home, 'tmp') }),
    ...(releasing.some((job) => path.startsWith(`${job}/`)) && { NODE_EXTRA_CA_CERTS: authority }),
  })
}
