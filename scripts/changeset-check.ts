// `npm run changeset:check [BASE]`: a branch that changes shipped source must add a changeset. BASE defaults to origin/main.
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Change, withoutChangeset } from './changesets.ts'

const base = process.argv[2] ?? 'origin/main'
const missing = withoutChangeset(changesSince(base))
if (missing.length > 0) {
  console.error(
    [
      `This branch changes code that users run, but adds no changeset since ${base}:`,
      ...missing.map((path) => `  ${path}`),
      'CHANGELOG.md is generated from changesets, so the change would be missing there.',
      'How to fix: npm run changeset; if no user notices the change: npm run changeset -- --empty',
    ].join('\n'),
  )
  process.exitCode = 1
}

/** The changes of the branch itself, without later changes of its base. */
function changesSince(commit: string): Change[] {
  const args = ['diff', '--name-status', '--no-renames', '-z', `${commit}...HEAD`]
  const words = execFileSync('git', args, { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' }).split('\0')
  return words.flatMap((status, index) => (index % 2 === 0 && status ? [{ status, path: words[index + 1] ?? '' }] : []))
}
