// The first step of release.yml: prints `version=vX.Y.Z`, or why this commit cannot be released.
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { releaseProblems } from './releasable.ts'

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const tags = execFileSync('git', ['ls-remote', '--tags', 'origin'], { cwd: root, encoding: 'utf8' })

const problems = releaseProblems({
  version,
  ref: process.env.GITHUB_REF ?? '',
  changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
  pending: globSync('.changeset/*.md', { cwd: root }).filter((path) => !path.endsWith('README.md')),
  tags: [...tags.matchAll(/refs\/tags\/(\S+)/g)].map(([, tag = '']) => tag),
})
for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`version=v${version}`)
