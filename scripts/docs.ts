// Writes the tables of every README and of docs/variables.md from action.yml, and the tested files that a page shows into
// that page. With --check it only reports stale pages.
// The nested actions of `release`, such as actions/release/begin, are internal and have no README.
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

const problems = [
  ...actions.flatMap(({ folder, manifest }) => refresh(`${folder}/README.md`, (text) => actionReadme(text, manifest))),
  ...actions
    .filter(({ folder }) => folder === 'actions/release')
    .flatMap(({ manifest }) => refresh('docs/variables.md', (text) => variablesPage(text, manifest, releaseInputs))),
  ...refresh('README.md', (text) => rootReadme(text, actions)),
  ...pages.flatMap((path) => refresh(path, (text) => withFiles(text, read))),
]
for (const line of problems) console.error(line)
if (problems.length > 0) process.exit(1)

/** Writes the current text of a page, or returns what is wrong with it. */
function refresh(path: string, render: (text: string) => string): string[] {
  const file = join(root, path)
  if (!existsSync(file)) return [`${path} is missing. How to fix: create it, because every action needs one.`]
  const text = readFileSync(file, 'utf8')
  try {
    const fresh = render(text)
    if (fresh === text) return []
    if (check) return [`${path} differs from action.yml or from the files that it shows. How to fix: npm run docs`]
    writeFileSync(file, fresh)
    console.log(path)
    return []
  } catch (error) {
    return [`${path} ${(error as Error).message}`]
  }
}
