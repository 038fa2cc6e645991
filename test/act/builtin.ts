import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isBuiltIn } from '../../tools/workflow-runner/src/builtin-actions/index.ts'
import { BELAY, type Repository } from '../../tools/workflow-runner/src/repositories.ts'
import type { Repositories } from './repositories.ts'

/** The variable that names the file of a run's {@link BuiltinFacts}. */
export const builtinFacts = 'BELAY_TEST_BUILTIN'

/** What the built-in actions of a run work with, beside their inputs. */
export interface BuiltinFacts {
  readonly caller: Repository
  readonly belay: Repository
  /** The artifacts of all runs, a folder a run. */
  readonly artifacts: string
  readonly runId: string
  readonly workDir: string
}

const source = join(import.meta.dirname, '../../tools/workflow-runner/src/builtin-actions/index.ts')

/**
 * Actions of others (checkout, artifacts) that `files` use, replaced by what our own runner has in their place: both
 * runners get the same files. `folder`: where they are written.
 */
export function writeBuiltins(folder: string, files: readonly string[]): Repositories {
  const used = new Map<string, string>()
  for (const file of files)
    for (const [, reference = '', name = ''] of readFileSync(file, 'utf8').matchAll(/\buses: (([^\s@]+)@\S+)/g))
      if (isBuiltIn(name)) used.set(reference, name)
  return Object.fromEntries([...used].map(([reference, name]) => [reference, writeBuiltin(folder, name)]))
}

/** The workflows and the manifests of actions below a folder. */
export function yamlBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.yml'))
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile())
}

function writeBuiltin(folder: string, name: string): string {
  const own = join(folder, name.replaceAll('/', '+'))
  mkdirSync(own, { recursive: true })
  // JSON is YAML.
  writeFileSync(
    join(own, 'action.yml'),
    JSON.stringify({ name, description: name, runs: { using: 'node24', main: 'main.mjs' } }),
  )
  writeFileSync(join(own, 'main.mjs'), mainOf(name))
  return own
}

const mainOf = (name: string) => `import { appendFileSync, readFileSync } from 'node:fs'
import { BUILT_INS } from ${JSON.stringify(source)}
const { caller, belay, ...facts } = JSON.parse(readFileSync(process.env.${builtinFacts}, 'utf8'))
const given = Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_'))
const inputs = Object.fromEntries(given.map(([name, value]) => [name.slice(6).toLowerCase(), value]))
const workspace = process.env.GITHUB_WORKSPACE
const warn = (message) => console.log('::warning::' + message)
const repositories = { caller, belay }
const outputs = await BUILT_INS[${JSON.stringify(name)}].run({ ...facts, inputs, workspace, repositories, warn })
for (const [name, value] of Object.entries(outputs)) appendFileSync(process.env.GITHUB_OUTPUT, name + '=' + value + '\\n')
`

/** The names under which a run's repositories are known. */
export function factsOf(options: {
  callerRoot: string
  repository: string
  sha: string
  ref: string
  belayRoot: string
  artifacts: string
  runId: string
  workDir: string
}): BuiltinFacts {
  const { callerRoot, repository, sha, ref, belayRoot, artifacts, runId, workDir } = options
  return {
    caller: { root: callerRoot, repository, id: '1', ref, sha },
    belay: { root: belayRoot, repository: BELAY, id: '2', ref: 'refs/heads/main', sha },
    artifacts,
    runId,
    workDir,
  }
}
