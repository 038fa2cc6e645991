// `npm run changeset:check [BASE]`: a branch that changes shipped source adds a changeset. BASE is origin/main if not given.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Change, withoutChangeset } from './changesets.ts'

const base = process.argv[2] ?? 'origin/main'
const missing = withoutChangeset(changesSince(base))
if (missing.length > 0) {
  console.error(
    [
      `This branch changes what users run, and adds no changeset since ${base}:`,
      ...missing.map((path) => `  ${path}`),
      'CHANGELOG.md is made of changesets, so users would not learn of the change.',
      'How to fix: npm run changeset; where no user notices the change: npm run changeset -- --empty',
    ].join('\n'),
  )
  process.exitCode = 1
}

/** What the branch itself changed, not what its base did since. */
function changesSince(commit: string): Change[] {
  const args = ['diff', '--name-status', '--no-renames', '-z', `${commit}...HEAD`]
  const words = execFileSync('git', args, { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' }).split('\0')
  return words.flatMap((status, index) => (index % 2 === 0 && status ? [{ status, path: words[index + 1] ?? '' }] : []))
}
