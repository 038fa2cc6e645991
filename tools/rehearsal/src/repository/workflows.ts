import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DerivedStep,
  deriveSteps,
  pushStarts,
  readWorkflowFile,
  triggerOf,
  type Workflow,
  type WorkflowRunOptions,
} from '@belay/workflow-runner'
import { belayRoot } from '../paths.ts'
import { Usage } from '../usage.ts'
import type { Version } from '../version.ts'
import { ofRepository, type Variables } from './variables.ts'
import type { Versions } from './versions.ts'

/** A workflow that releases something, how it starts, and its steps. */
export interface ReleaseWorkflow {
  /** `qa.yml` */
  readonly file: string
  readonly starts: Start
  /** It can be started by hand with the input `version`. */
  readonly goesBack: boolean
  readonly steps: readonly DerivedStep[]
}

/** By a push to a branch, by a push of a tag, or by hand. */
export type Start =
  | { readonly by: 'branch'; readonly branch: string }
  | { readonly by: 'tag' }
  | { readonly by: 'hand' }

const folder = '.github/workflows'
/** The actions that change what serves. */
export const changingActions = ['release', 'deploy-ssh', 'deploy-render'].map((name) => `actions/${name}`)

export interface Chosen {
  /** A file name; undefined: all that release something. */
  readonly workflow: string | undefined
  readonly environment: string | undefined
}

type Starting = Pick<Partial<WorkflowRunOptions>, 'ref' | 'event' | 'inputs'>

/** The workflows that release something, and those that build what others release; each once. */
export function withProofs({
  workflows,
  proofs,
}: {
  readonly workflows: readonly ReleaseWorkflow[]
  readonly proofs: ReadonlyMap<string, ReleaseWorkflow>
}): ReleaseWorkflow[] {
  return [...new Set([...workflows, ...proofs.values()])]
}

/** What a run of a workflow starts with, for a version. */
export function startOptions({ starts, goesBack }: ReleaseWorkflow, version: Version): Starting {
  if (starts.by === 'tag') return { ref: `refs/tags/v${version.number}` }
  if (starts.by === 'branch') return { ref: `refs/heads/${starts.branch}` }
  return { event: { name: 'workflow_dispatch' }, ...(goesBack && { inputs: { version: `v${version.number}` } }) }
}

/**
 * The workflows that release something, what proves stands before what asks for its proof.
 * @throws Usage if there is none
 */
export async function findWorkflows(
  versions: Versions,
  variables: Variables,
  workDir: string,
  { workflow, environment }: Chosen,
): Promise<ReleaseWorkflow[]> {
  const files = filesIn(versions.root)
  if (workflow && !files.includes(workflow))
    throw new Usage(`--workflow must be ${files.join(' or ')}, not ${workflow}.`)
  const ofBelay = workflow ? [workflow] : files.filter((file) => usesBelay(versions.root, file))
  const startable = await Promise.all(
    ofBelay.map(async (file) => ((await isOnlyCalled(versions.root, file)) ? [] : [file])),
  )
  if (workflow && startable.flat().length === 0)
    throw new Usage(
      `--workflow ${workflow}: it is only called by other workflows.\nHow to fix: name the one that calls it${callersOf(versions.root, workflow, files)}.`,
    )
  const read = await Promise.all(startable.flat().map((file) => readWorkflow(file, versions, variables, workDir)))
  const releasing = read.filter(({ steps }) =>
    steps.some((step) => isChanging(step) && (!environment || step.environment === environment)),
  )
  const started = workflow ? releasing : releasing.filter(({ starts }) => starts.by !== 'hand')
  if (started.length > 0) return started.toSorted((a, b) => proofs(a) - proofs(b))
  const where = environment ? ` to ${environment}` : ''
  const names = releasing.map(({ file }) => file)
  throw new Usage(
    names.length > 0
      ? `No push starts a release${where}.\nHow to fix: name the workflow, --workflow ${names.join(' or --workflow ')}.`
      : `No workflow of ${folder} releases something by Belay${where}: there is no step with ${changingActions.join(', ')}.\nHow to fix: copy a workflow from docs/callers.`,
  )
}

export function isChanging({ action }: DerivedStep): boolean {
  return action !== undefined && changingActions.includes(action)
}

/** The path of the workflow whose proof a step asks for. */
export function proofOf({ steps }: ReleaseWorkflow): string | undefined {
  return steps.map(({ inputs }) => inputs['proven-by']).find(Boolean)
}

function proofs(workflow: ReleaseWorkflow): number {
  return proofOf(workflow) ? 1 : 0
}

function filesIn(root: string): string[] {
  try {
    return readdirSync(join(root, folder)).filter((name) => /\.ya?ml$/.test(name))
  } catch {
    throw new Usage(`The repository has no folder ${folder}.\nHow to fix: copy a workflow from docs/callers.`)
  }
}

/** Whether a workflow, or one that it calls, names Belay. Others may have what cannot be rehearsed, and are not read. */
function usesBelay(root: string, file: string, callers: readonly string[] = []): boolean {
  if (readText(root, file).includes('belay-actions/belay')) return true
  return calledBy(root, file).some((called) => !callers.includes(called) && usesBelay(root, called, [...callers, file]))
}

/** The workflows of the same repository that jobs of one call. */
function calledBy(root: string, file: string): string[] {
  const uses = readText(root, file).matchAll(/\buses:\s*['"]?[.$]\/\.github\/workflows\/([\w.-]+)/g)
  return [...uses].map(([, name = '']) => name)
}

function callersOf(root: string, file: string, files: readonly string[]): string {
  const callers = files.filter((caller) => calledBy(root, caller).includes(file))
  return callers.length > 0 ? `: --workflow ${callers.join(' or --workflow ')}` : ''
}

/** Empty for a file that is not there: what calls it is refused later, by its name. */
function readText(root: string, file: string): string {
  const path = join(root, folder, file)
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

async function isOnlyCalled(root: string, file: string): Promise<boolean> {
  const { on } = await readWorkflowFile(join(root, folder, file))
  const names = typeof on === 'object' && on !== null && !Array.isArray(on) ? Object.keys(on) : [on].flat()
  return names.every((name) => name === 'workflow_call')
}

/** A workflow with the inputs of its steps. */
export async function readWorkflow(
  file: string,
  versions: Versions,
  variables: Variables,
  workDir: string,
): Promise<ReleaseWorkflow> {
  const path = join(versions.root, folder, file)
  const workflow = await readWorkflowFile(path)
  const starts = startOf(workflow, versions.branch)
  const goesBack = 'version' in (triggerOf(workflow, 'workflow_dispatch')?.inputs ?? {})
  const found = { file, starts, goesBack, steps: [] }
  const steps = await deriveSteps({
    workflow: path,
    belayRoot,
    callerRoot: versions.root,
    workDir,
    sha: versions.second.sha,
    vars: variables[ofRepository] ?? {},
    environments: Object.fromEntries(Object.entries(variables).map(([name, vars]) => [name, { vars }])),
    ...startOptions(found, versions.second),
  })
  return { ...found, steps }
}

function startOf(workflow: Workflow, current: string): Start {
  const branch = [current, 'main', 'master'].find((name) => pushStarts(workflow, `refs/heads/${name}`))
  if (branch) return { by: 'branch', branch }
  return pushStarts(workflow, 'refs/tags/v0.0.1') ? { by: 'tag' } : { by: 'hand' }
}
