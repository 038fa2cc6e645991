import { join } from 'node:path'
import { type Manifest, readManifest } from './action.ts'
import { BUILT_INS, type BuiltInName, isBuiltIn } from './builtin-actions/index.ts'
import { BELAY, type Repositories, type Repository } from './repositories.ts'
import { UnsupportedWorkflow } from './unsupported-workflow.ts'

/** An action with its files. `folder`: where `action.yml` is. `origin`: absent for `./`, which is the workspace's. */
export interface LoadedAction {
  kind: 'loaded'
  manifest: Manifest
  folder: string
  origin?: Repository
}

export type Action = LoadedAction | { kind: 'built-in'; name: BuiltInName } | { kind: 'workspace'; path: string }

/** What a step's `uses` names; `origin` is the repository of the file that the step stands in. Throws a {@link UnsupportedWorkflow}. */
export function resolveAction(uses: string, origin: Repository, repositories: Repositories): Action {
  if (uses.startsWith('$/')) return load(origin, uses.slice(2), uses)
  if (uses.startsWith('./')) return { kind: 'workspace', path: uses }
  const { name, path, ref } = parseReference(uses)
  if (name === BELAY) return load({ ...repositories.belay, ref }, path, uses)
  if (isBuiltIn(name) && path === '') return { kind: 'built-in', name }
  throw new UnsupportedWorkflow([
    `uses: ${uses} is not supported. The rehearsal runs actions of the workflow's own repository ($/… and ./…), ` +
      `${BELAY}/…, and replaces ${Object.keys(BUILT_INS).join(', ')}. Leave the step out, or write it as \`run\`.`,
  ])
}

/** The action of a `./path`, read from the workspace as it is now: at post again, as the runner does. */
export function loadFromWorkspace(path: string, workspace: string): LoadedAction {
  const folder = join(workspace, path)
  return { kind: 'loaded', manifest: readManifest(folder, path), folder }
}

/** The file and the repository of a job's `uses`. Throws a {@link UnsupportedWorkflow} for another repository's workflow. */
export function resolveWorkflow(uses: string, origin: Repository, repositories: Repositories) {
  if (uses.startsWith('./') || uses.startsWith('$/')) return { file: join(origin.root, uses.slice(2)), origin }
  const { name, path, ref } = parseReference(uses)
  if (name === BELAY) return { file: join(repositories.belay.root, path), origin: { ...repositories.belay, ref } }
  throw new UnsupportedWorkflow([
    `uses: ${uses} is not supported. The rehearsal runs workflows of the same repository (./… and $/…) and ${BELAY}/….`,
  ])
}

function load(origin: Repository, path: string, uses: string): LoadedAction {
  const folder = join(origin.root, path)
  return { kind: 'loaded', manifest: readManifest(folder, uses), folder, origin }
}

/** `owner/repo/path@ref` in parts. */
function parseReference(uses: string): { name: string; path: string; ref: string } {
  const match = /^([^/@]+\/[^/@]+)(?:\/([^@]*))?@(.+)$/.exec(uses)
  if (!match) throw new UnsupportedWorkflow([`uses: ${uses} is not owner/repository/path@ref, $/path or ./path`])
  return { name: match[1] as string, path: match[2] ?? '', ref: match[3] as string }
}
