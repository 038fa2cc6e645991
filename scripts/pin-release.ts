// `npm run release:pin TAG`: writes the commit of a release into examples and pages. It is known only after the release.
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinTo } from './pins.ts'

const root = join(import.meta.dirname, '..')
const [tag = ''] = process.argv.slice(2)
if (!/^v\d+\.\d+\.\d+$/.test(tag))
  throw new Error(`"${tag}" is not the tag of a release. How to fix: npm run release:pin v1.2.3`)
const commit = execFileSync('git', ['rev-parse', '--verify', `${tag}^{commit}`], { cwd: root, encoding: 'utf8' }).trim()

const pages = ['*.md', 'actions/*/README.md', 'docs/**/*.md', 'examples/*/README.md']
const files = ['docs/callers/*.yml', 'examples/*/.github/workflows/*.yml']
for (const path of globSync([...pages, ...files], { cwd: root, exclude: ['CHANGELOG.md', 'RELEASE.md'] }).sort()) {
  const text = readFileSync(join(root, path), 'utf8')
  const pinned = pinTo(text, { commit, version: tag })
  if (pinned === text) continue
  writeFileSync(join(root, path), pinned)
  console.log(path)
}
