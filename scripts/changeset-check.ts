// `npm run changeset:check [BASE]`: a branch that changes shipped source must add a changeset. BASE defaults to origin/main.
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Change, withoutChangeset } from './changesets.ts'

const root = join(import.meta.dirname, '..')
const base = process.argv[2] ?? 'origin/main'
if (spawnSync('git', ['rev-parse', '--quiet', '--verify', `${base}^{commit}`], { cwd: root }).status !== 0) {
  console.error(
    `There is no ${base} in this repository. How to fix: git fetch origin, or name the branch that yours began at: ` +
      'npm run changeset:check -- main',
  )
  process.exit(1)
}
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
  const words = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0')
  return words.flatMap((status, index) => (index % 2 === 0 && status ? [{ status, path: words[index + 1] ?? '' }] : []))
}
