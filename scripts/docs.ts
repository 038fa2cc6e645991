// Writes the tables of every README and of docs/variables.md from action.yml, and into every page the tested files that it
// shows. With --check it only says which are stale.
// The two nested actions of `release` (actions/release/begin and end) are its own affair and have no README.
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import { releaseInputs } from '../packages/action-kit/src/variables.ts'
import { actionReadme, type Manifest, rootReadme, variablesPage, withFiles } from './readme.ts'

const root = join(import.meta.dirname, '..')
const check = process.argv.includes('--check')

const actions = globSync('actions/*/action.yml', { cwd: root })
  .sort()
  .map((path) => ({ folder: dirname(path), manifest: parse(readFileSync(join(root, path), 'utf8')) as Manifest }))

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = globSync(['*.md', 'actions/*/README.md', 'examples/*/README.md', 'docs/**/*.md'], { cwd: root }).sort()

const wrong = [
  ...actions.flatMap(({ folder, manifest }) => bring(`${folder}/README.md`, (text) => actionReadme(text, manifest))),
  ...actions
    .filter(({ folder }) => folder === 'actions/release')
    .flatMap(({ manifest }) => bring('docs/variables.md', (text) => variablesPage(text, manifest, releaseInputs))),
  ...bring('README.md', (text) => rootReadme(text, actions)),
  ...pages.flatMap((path) => bring(path, (text) => withFiles(text, read))),
]
for (const line of wrong) console.error(line)
if (wrong.length > 0) process.exit(1)

/** Brings a README up to date, or says what is wrong with it. */
function bring(path: string, render: (text: string) => string): string[] {
  const file = join(root, path)
  if (!existsSync(file)) return [`${path} is missing; every action has one`]
  const text = readFileSync(file, 'utf8')
  try {
    const fresh = render(text)
    if (fresh === text) return []
    if (check) return [`${path} is not what action.yml and the files that it shows say. Run: npm run docs`]
    writeFileSync(file, fresh)
    console.log(path)
    return []
  } catch (error) {
    return [`${path} ${(error as Error).message}`]
  }
}
