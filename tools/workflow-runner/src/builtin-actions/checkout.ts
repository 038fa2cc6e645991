import { lstatSync } from 'node:fs'
import { cp, mkdir, realpath } from 'node:fs/promises'
import { basename, join, relative, resolve } from 'node:path'
import { BELAY } from '../repositories.ts'
import type { BuiltinAction } from './builtin-action.ts'

/** Copies the files of the repository as they are on this machine, whatever `ref` says. */
export const checkout: BuiltinAction = {
  does: 'copies the repository as it stands on this machine, without what is installed in it',
  inputs: [
    'repository',
    'path',
    'ref',
    'token',
    'ssh-key',
    'persist-credentials',
    'fetch-depth',
    'fetch-tags',
    'clean',
    'show-progress',
    'lfs',
    'submodules',
  ],
  async run({ inputs, workspace, repositories, workDir }) {
    const wanted = inputs.repository || repositories.caller.repository
    const known = { [BELAY]: repositories.belay, [repositories.caller.repository]: repositories.caller }
    const source = known[wanted]
    if (!source) throw new Error(`the repository ${wanted} is not here; known are ${Object.keys(known).join(', ')}`)
    const root = await realpath(source.root)
    const target = resolve(workspace, inputs.path ?? '')
    if (relative(workspace, target).startsWith('..'))
      throw new Error(`the path ${inputs.path} is outside of the workspace`)
    await mkdir(target, { recursive: true })
    const skipped = resolve(workDir)
    await cp(root, target, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !isInstalled(path) && !isWithin(skipped, path),
    })
    return { ref: source.ref, commit: source.sha }
  },
}

/** A link to packages that are somewhere else is copied: in a rehearsal nothing is downloaded. */
function isInstalled(path: string): boolean {
  return basename(path) === 'node_modules' && !lstatSync(path).isSymbolicLink()
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(join(folder, '/'))
}
