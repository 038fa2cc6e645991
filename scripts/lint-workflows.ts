// `npm run lint:workflows`: runs actionlint and zizmor, in pinned versions, on all workflows and actions.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { builtProgram } from './machine/build-from-source.ts'
import { cache } from './machine/cache.ts'
import { installMissing } from './machine/prepare.ts'
import { programsFor } from './machine/programs.ts'

const root = join(import.meta.dirname, '..')
const workflows = globSync(['.github/workflows/*.yml', 'examples/*/.github/workflows/*.yml'], { cwd: root }).sort()

// actionlint does not know `$/` yet, nor `queue`, nor the newer properties of `job`.
const notKnownYet = [
  'specifying action "\\$/',
  'reusable workflow call "\\$/',
  'unexpected key "queue" for "concurrency"',
  'property "workflow_(sha|repository)" is not defined',
]

installMissing(programsFor('linters'), ['actionlint'], console.log)
const passed = [
  lint(builtProgram('actionlint'), [...notKnownYet.flatMap((text) => ['-ignore', text]), ...workflows]),
  lint(zizmor(), ['--offline', '--no-progress', ...workflows, 'actions']),
]
const failed = passed.filter((ok) => !ok).length
console.log(`${passed.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function lint(program: string, args: readonly string[]): boolean {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: 'inherit' })
  if (error) throw error
  return status === 0
}

/** Installs zizmor from Python's registry into a folder of its own. */
function zizmor(): string {
  const version = '1.32.0'
  const folder = join(cache, `zizmor-${version}`)
  const program = join(folder, 'bin/zizmor')
  if (!existsSync(program)) {
    mkdirSync(cache, { recursive: true })
    rmSync(folder, { recursive: true, force: true })
    execFileSync('python3', ['-m', 'venv', folder], { stdio: 'inherit' })
    execFileSync(join(folder, 'bin/pip'), ['install', '-q', `zizmor==${version}`], { stdio: 'inherit' })
  }
  return program
}
