import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal } from './journal.ts'
import { jsonLine, readJsonLines } from './json-lines.ts'

/** A text from outside, such as a version's name, escaped as one line of Markdown. */
export function plainMarkdown(text: string): string {
  return text
    .replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/[\\`*_{}[\]<>#|~&!]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`))
}

/** Appends sections to the job summary of this step; without a summary file (no runner) it does nothing. */
export function writeSummary(sections: readonly string[]): void {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (!path || sections.length === 0) return
  appendFileSync(path, `${sections.join('\n\n')}\n\n`)
}

/** A section of the job summary, and where it stands: `first` is the report of the whole job. */
export interface Section {
  readonly place: 'first' | 'post' | 'main'
  readonly markdown: string
}

/**
 * Keeps sections for the last post of the job. The runner shows the summaries of a job in the order of its steps; which
 * version serves is known only at the end, and must stand above all ids and digests.
 */
export function saveSections(journal: Journal, sections: readonly Section[]): void {
  for (const section of sections) appendFileSync(pathOf(journal), jsonLine(section), { mode: 0o600 })
}

/** All kept sections of a place: those of the posts with the newest first, for they hold the outcome. */
export function savedSections(journal: Journal, place: Section['place']): string[] {
  const saved = readJsonLines<Section>(pathOf(journal)).filter((one) => one.place === place)
  const texts = saved.map(({ markdown }) => markdown)
  return place === 'post' ? texts.reverse() : texts
}

function pathOf({ folder }: Journal): string {
  return join(folder, 'summary.jsonl')
}

/** A text from outside as a block of code, which it cannot end; `language` colours it: `sh`. */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${text}\n${fence}`
}
