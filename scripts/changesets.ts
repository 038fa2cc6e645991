/** A file that a branch changed; `status` is git's letter: `A` added, `M` modified, `D` deleted. */
export interface Change {
  readonly status: string
  readonly path: string
}

/** The effect on callers: they must change something, get something new, or a defect is fixed. */
export type Level = 'major' | 'minor' | 'patch'

/** The content of a file in .changeset/. */
export interface Changeset {
  readonly level: Level
  /** Markdown; the first line is the summary. */
  readonly text: string
}

const levels: readonly Level[] = ['major', 'minor', 'patch']
const titles: Readonly<Record<Level, string>> = { major: 'Callers must change', minor: 'New', patch: 'Fixed' }

const shipped = [
  /^actions\/.+\/(src\/.+|action\.yml)$/,
  /^packages\/[^/]+\/src\//,
  /^\.github\/workflows\/(qa-deploy|production-release)\.yml$/,
]
const changeset = /^\.changeset\/(?!README\.md$)[^/]+\.md$/

/** Whether users of an action or a called workflow run code from this file. `dist/` follows from the source. */
export function isShipped(path: string): boolean {
  return shipped.some((pattern) => pattern.test(path))
}

/** Shipped files that a branch changes without a changeset; empty if it adds one. Pure. */
export function withoutChangeset(changes: readonly Change[]): string[] {
  if (changes.some(({ status, path }) => status === 'A' && changeset.test(path))) return []
  return changes.map(({ path }) => path).filter(isShipped)
}

/**
 * Reads a changeset: between two lines `---` the level of `'belay'`, then the text. Empty between the lines: no user
 * notices the change, and it gets no entry. Pure.
 * @throws Error if the content is not valid
 */
export function parseChangeset(content: string): Changeset | undefined {
  const [, front, text = ''] = /^---\n([\s\S]*?)---\n([\s\S]*)$/.exec(content) ?? []
  if (front === '') return undefined
  const [, level] = /^'belay': (\w+)\n$/.exec(front ?? '') ?? []
  if (!isLevel(level)) throw new Error(`is not a changeset: its head is not 'belay': ${levels.join(' or ')}`)
  if (text.trim() === '') throw new Error('has no text for users. How to fix: write what they can do, or must change')
  return { level, text: text.trim() }
}

function isLevel(word: string | undefined): word is Level {
  return levels.some((level) => level === word)
}

/** The text of a changeset's file; without one, the file of a change that no user notices. Pure. */
export function formatChangeset(changeset?: Changeset): string {
  return changeset ? `---\n'belay': ${changeset.level}\n---\n\n${changeset.text}\n` : '---\n---\n'
}

/** The version after `X.Y.Z` with these changes. From 0.x, `major` leads to 1.0.0. Pure. */
export function nextVersion(version: string, changes: readonly Changeset[]): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  const largest = levels.find((level) => changes.some((change) => change.level === level))
  if (largest === 'major') return `${major + 1}.0.0`
  if (largest === 'minor') return `${major}.${minor + 1}.0`
  return `${major}.${minor}.${patch + 1}`
}

/** CHANGELOG.md with the entry of a version on top, which begins with what callers must change. Pure. */
export function withEntry(changelog: string, version: string, changes: readonly Changeset[]): string {
  const parts = levels.flatMap((level) => {
    const texts = changes.filter((change) => change.level === level).map(({ text }) => text)
    return texts.length === 0 ? [] : [`### ${titles[level]}`, texts.map(listItem).join('\n')]
  })
  const [title = '', ...rest] = changelog.trimEnd().split('\n')
  return `${[title, '', [`## ${version}`, ...parts].join('\n\n'), ...rest].join('\n')}\n`
}

function listItem(text: string): string {
  return `- ${text.replaceAll(/\n(?=.)/g, '\n  ')}`
}
