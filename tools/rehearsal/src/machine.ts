import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { quote } from 'shell-quote'
import { builtForClusters, notYetBuilt } from '../../../scripts/machine/build-from-source.ts'
import { install, NotInstalled, reasonsFor } from '../../../scripts/machine/install.ts'
import { missingOf } from '../../../scripts/machine/missing.ts'
import { inContainer as commandInContainer, isRoot, otherSystemsHint } from '../../../scripts/machine/other-systems.ts'
import { installMissing } from '../../../scripts/machine/prepare.ts'
import { type Program, programs, programsFor } from '../../../scripts/machine/programs.ts'
import { belayRoot } from './paths.ts'

/** Something is missing on this machine; the message says how to fix it. */
export class Lacking extends Error {}

/** How an example may make this machine ready. */
export interface Preparation {
  /** Arguments of the command, for messages with the command that works. */
  readonly args: readonly string[]
  /** Everything that is missing may be installed, a Docker engine too. */
  readonly install: boolean
  readonly say: (line: string) => void
}

/** @throws Lacking if a bundle is not built. `bundles`: folders below actions/ */
export function refuseMissingBundles(bundles: readonly string[]): void {
  const missing = bundles.filter((name) => !existsSync(join(belayRoot, 'actions', name, 'dist/index.js')))
  if (missing.length > 0)
    throw new Lacking(`These bundles are not built: ${missing.join(', ')}.\nHow to fix: npm run build`)
}

/** @throws Lacking unless this is Linux and root */
export function requireRoot(args: readonly string[]): void {
  const linux = process.platform === 'linux'
  if (linux && isRoot()) return
  const why = `The test hosts have disks and users of their own. They need ${linux ? 'root' : `Linux (this is ${process.platform})`}.`
  throw new Lacking(`${why}\n${otherSystemsHint(commandOf(args))}`)
}

/** The same command in a container that has everything. */
function inContainer(args: readonly string[]): string {
  return commandInContainer(commandOf(args))
}

/**
 * Says which programs are missing and installs them. A Docker engine and its parts change more of a machine than a few
 * programs: they need `--install`, or a yes at a terminal.
 * @throws Lacking without either, or if nothing can be installed
 */
export async function bringPrograms(wanted: readonly Program[], preparation: Preparation): Promise<void> {
  const missing = missingOf(wanted)
  if (missing.length === 0) return
  const big = missing.some((program) => programs[program].for === 'containers')
  const lacking = 'A Docker engine, or a part of it, is missing on this machine. Missing packages:'
  if (big && !preparation.install) await consent([lacking, ...reasonsFor(missing)], preparation)
  try {
    install(missing, preparation.say)
  } catch (error) {
    throw error instanceof NotInstalled ? new Lacking(error.message) : error
  }
}

/**
 * Says which programs are missing for hosts, and installs them. `reason`: why none can be started all the same; `about`:
 * what stands before it.
 * @throws Lacking if something is missing that may not or cannot be installed
 */
export async function prepareHosts(
  wanted: readonly Program[],
  reason: () => string | undefined,
  preparation: Preparation,
  about = '',
): Promise<void> {
  requireRoot(preparation.args)
  await bringPrograms(wanted, preparation)
  refuseFor(reason(), preparation, about)
}

/** @throws Lacking if there is a reason */
function refuseFor(reason: string | undefined, { args }: Preparation, about: string): void {
  if (reason) throw new Lacking(`${about}${reason}\n\n${inContainer(args)}`)
}

/**
 * Makes sure that a Kubernetes cluster can be started here. It is built from source, which takes up to ten minutes, once:
 * with `--install`, or after a yes at a terminal. `reason`: why none can be started.
 * @throws Lacking without either, or if nothing can be installed, or none can be started all the same
 */
export async function bringCluster(reason: () => string | undefined, preparation: Preparation): Promise<void> {
  requireRoot(preparation.args)
  const wanted = [
    ...programsFor('networks', 'clusters'),
    ...(['containerd', 'runc', 'docker-registry', 'tar', 'bash', 'curl', 'busybox', 'flock', 'jq'] as const),
  ]
  const missing = missingOf(wanted)
  const toBuild = notYetBuilt(builtForClusters)
  if (missing.length + toBuild.length > 0) {
    const build = toBuild.length > 0 ? [`  built from source, in up to ten minutes: ${toBuild.join(', ')}`] : []
    const lacking = ['A Kubernetes cluster needs more than this machine has:', ...reasonsFor(missing), ...build]
    if (!preparation.install) await consent(lacking, preparation)
    try {
      installMissing(wanted, ['cluster'], preparation.say)
    } catch (error) {
      throw error instanceof NotInstalled ? new Lacking(error.message) : error
    }
  }
  refuseFor(reason(), preparation, 'This example runs in a Kubernetes cluster of its own. ')
}

/** @throws Lacking if there is no terminal, or the answer is no */
async function consent(lacking: readonly string[], { args }: Preparation): Promise<void> {
  const terminal = process.stdin.isTTY && process.stdout.isTTY
  if (terminal && (await saysYes(`${lacking.join('\n')}\nInstall them now? [y/N] `))) return
  const installing = `How to fix: install them, as root on this machine:\n  ${commandOf([...args, '--install'])}`
  throw new Lacking(
    [...(terminal ? [] : lacking), 'Nothing was installed.', installing, inContainer([...args, '--install'])].join(
      '\n',
    ),
  )
}

async function saysYes(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(question).finally(() => terminal.close())
  return /^y(es)?$/i.test(answer.trim())
}

/** The command that was called, as a person can call it again. */
export function commandOf(args: readonly string[]): string {
  return ['npm run rehearse', ...(args.length > 0 ? ['--', quote(args)] : [])].join(' ')
}
