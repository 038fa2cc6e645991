// `npm run changeset -- LEVEL 'TEXT'` writes a changeset; `npm run changeset -- --empty` writes one for a change that no user
// notices. .changeset/README.md describes the content.
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatChangeset, parseChangeset } from './changesets.ts'

const [level = '', ...words] = process.argv.slice(2)
const text = words.join(' ').trim()
const content = level === '--empty' ? formatChangeset() : `---\n'belay': ${level}\n---\n\n${text}\n`
try {
  parseChangeset(content)
  const path = join('.changeset', `${slugOf(text)}${randomBytes(3).toString('hex')}.md`)
  writeFileSync(join(import.meta.dirname, '..', path), content, { flag: 'wx' })
  console.log(path)
} catch (error) {
  console.error(`This text ${(error as Error).message}`)
  console.error("Usage: npm run changeset -- major|minor|patch 'deploy-ssh: what users can do now'   or   -- --empty")
  process.exitCode = 2
}

/** The first words of a text for the name of a file. */
function slugOf(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? []
  return words
    .slice(0, 5)
    .map((word) => `${word}-`)
    .join('')
}
