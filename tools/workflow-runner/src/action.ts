import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { CONTEXTS, createChecker, RUNTIMES } from './supported-syntax.ts'
import { UnsupportedWorkflow } from './unsupported-workflow.ts'
import { checkExpressions, checkSteps, type Step } from './workflow.ts'

/** What `action.yml` says. */
export interface Manifest {
  name?: string
  inputs?: Record<string, { default?: string | number | boolean; deprecationMessage?: string } | null>
  outputs?: Record<string, { value?: string } | null>
  runs: { using: 'node24'; main: string; post?: string; 'post-if'?: string } | { using: 'composite'; steps: Step[] }
}

/** Reads the `action.yml` (or `.yaml`) of a folder. Throws a {@link UnsupportedWorkflow} where there is none or it is beyond the subset. */
export function readManifest(folder: string, uses: string): Manifest {
  const file = ['action.yml', 'action.yaml'].map((name) => join(folder, name)).find((path) => existsSync(path))
  if (!file) throw new UnsupportedWorkflow([`uses: ${uses}: there is no action.yml in ${folder}`])
  return checkManifest(parseManifest(file), file)
}

function parseManifest(file: string): Manifest {
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UnsupportedWorkflow([`${file}: ${(error as Error).message}`])
  }
}

function checkManifest(manifest: Manifest, file: string): Manifest {
  const check = createChecker(file)
  if (check.keys('action', manifest, '')) {
    for (const [name, input] of check.map(manifest.inputs, 'inputs')) {
      check.keys('action input', input ?? {}, `inputs.${name}`)
      checkExpressions(
        check,
        (input as { default?: unknown })?.default,
        `inputs.${name}.default`,
        CONTEXTS['input default'],
      )
    }
    for (const [name, output] of check.map(manifest.outputs, 'outputs')) {
      check.keys('action output', output ?? {}, `outputs.${name}`)
    }
    checkExpressions(check, manifest.outputs, 'outputs', CONTEXTS.composite)
    checkExpressions(check, manifest.runs, 'runs', CONTEXTS.composite)
    checkRuns(check, manifest)
  }
  if (check.problems.length > 0) throw new UnsupportedWorkflow(check.problems)
  return manifest
}

function checkRuns(check: ReturnType<typeof createChecker>, manifest: Manifest): void {
  const { runs } = manifest
  if (runs?.using === 'node24') {
    if (check.keys('runs of a JavaScript action', runs, 'runs') && !runs.main) check.problem('runs.main', 'is missing.')
  } else if (runs?.using === 'composite') {
    if (!check.keys('runs of a composite action', runs, 'runs')) return
    checkSteps(check, runs.steps, 'runs.steps')
    for (const [index, step] of (runs.steps ?? []).entries()) {
      const at = `runs.steps[${index}]`
      if (step.run !== undefined && step.shell === undefined)
        check.problem(`${at}.shell`, 'is required in a composite.')
      if (step['timeout-minutes'] !== undefined)
        check.problem(`${at}.timeout-minutes`, 'does not exist in a composite.')
    }
  } else {
    const using = (runs as { using?: string } | undefined)?.using
    check.problem('runs.using', `'${using}' is not supported. The rehearsal supports: ${RUNTIMES.join(', ')}.`)
  }
}
