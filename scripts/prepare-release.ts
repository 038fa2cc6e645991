// `npm run release:prepare`: turns the changesets into the next version and its entry in CHANGELOG.md. Review, commit, and
// open a pull request; RELEASE.md describes the other steps.
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nextVersion, parseChangeset, withEntry } from './changesets.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pending = globSync('.changeset/*.md', { cwd: root, exclude: ['.changeset/README.md'] }).sort()
const changes = pending.flatMap((path) => {
  try {
    return parseChangeset(read(path)) ?? []
  } catch (error) {
    throw new Error(`${path} ${(error as Error).message}`)
  }
})
if (changes.length === 0) throw new Error('No changeset has a text for users, so a release would change nothing.')

const { version: last } = JSON.parse(read('package.json')) as { version: string }
const version = nextVersion(last, changes)
writeFileSync(join(root, 'CHANGELOG.md'), withEntry(read('CHANGELOG.md'), version, changes))
execFileSync('npm', ['version', version, '--no-git-tag-version'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
for (const path of pending) rmSync(join(root, path))
console.log(
  `CHANGELOG.md, package.json and package-lock.json now have ${version}. Review them, and commit them as: Release v${version}`,
)
