import { existsSync, globSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'

export const root = join(import.meta.dirname, '../..')

interface Parameter {
  readonly description?: string
  readonly required?: boolean
  readonly default?: string | number | boolean
  readonly value?: string
}

export interface Step {
  readonly id?: string
  readonly name?: string
  readonly uses?: string
  readonly with?: Record<string, unknown>
}

/** What an action.yml says. */
export interface Manifest {
  readonly name: string
  readonly description: string
  readonly inputs?: Record<string, Parameter>
  readonly outputs?: Record<string, Parameter>
  readonly runs:
    | { readonly using: 'composite'; readonly steps: readonly Step[] }
    | { readonly using: string; readonly main: string; readonly post?: string }
}

export interface Action {
  /** `actions/deploy-ssh`, `actions/release/begin`. */
  readonly folder: string
  readonly path: string
  readonly text: string
  readonly manifest: Manifest
}

/** Every action of the repository, the nested ones of `release` too. */
export const actions: readonly Action[] = globSync(['actions/*/action.yml', 'actions/*/*/action.yml'], { cwd: root })
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { folder: dirname(path), path, text, manifest: parse(text) as Manifest }
  })

export const bundled = actions.filter(({ manifest }) => manifest.runs.using !== 'composite')
export const composites = actions.filter(({ manifest }) => manifest.runs.using === 'composite')

/** A `workflow_call` input or secret, as its callers meet it. */
export interface Workflow {
  readonly path: string
  readonly text: string
  readonly content: WorkflowContent
}

export interface WorkflowContent {
  readonly on?: unknown
  readonly permissions?: unknown
  readonly concurrency?: unknown
  readonly jobs: Record<string, Job>
}

export interface Job {
  readonly name?: string
  readonly uses?: string
  readonly with?: Record<string, unknown>
  readonly secrets?: Record<string, unknown> | 'inherit'
  readonly permissions?: unknown
  readonly concurrency?: unknown
  readonly 'timeout-minutes'?: unknown
  readonly steps?: readonly Step[]
}

/** The repository's own workflows, and what examples and pages show their readers. */
export const workflows: readonly Workflow[] = globSync(
  ['.github/workflows/*.{yml,yaml}', 'examples/**/.github/workflows/*.{yml,yaml}', 'docs/callers/*.yml'],
  { cwd: root },
)
  .sort()
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    return { path, text, content: parse(text) as WorkflowContent }
  })

export const ownWorkflows = workflows.filter(({ path }) => path.startsWith('.github/'))

/** The action of this repository that a `uses` means, whether as `$/…` or as its users write it. */
export function ownAction(uses: string): Action | undefined {
  const folder = ownPath(uses)
  return actions.find((action) => action.folder === folder)
}

/** The reusable workflow of this repository that a job's `uses` means. */
export function ownWorkflow(uses: string): Workflow | undefined {
  const path = ownPath(uses)
  return workflows.find((workflow) => workflow.path === path)
}

function ownPath(uses: string): string | undefined {
  return /^\$\/(.+)$/.exec(uses)?.[1] ?? /^belay-actions\/belay\/(.+)@[^@]+$/.exec(uses)?.[1]
}

export function exists(path: string): boolean {
  return existsSync(join(root, path))
}

/** What GitHub's own parser says against a workflow or an action.yml. */
export async function grammarErrors(kind: 'workflow' | 'action', name: string, content: string): Promise<string[]> {
  const { parseWorkflow, parseAction, NoOperationTraceWriter } = await parsers()
  const parser = kind === 'workflow' ? parseWorkflow : parseAction
  const { context } = parser({ name, content }, new NoOperationTraceWriter())
  return context.errors.getErrors().map(({ message }) => message)
}

/** The parser imports its JSON schema without the attribute that Node asks for; the hook adds it. */
async function parsers() {
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  })
  try {
    return {
      ...(await import('@actions/workflow-parser')),
      ...(await import('@actions/workflow-parser/actions/index')),
    }
  } finally {
    hooks.deregister()
  }
}
