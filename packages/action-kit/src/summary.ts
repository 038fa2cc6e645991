import { appendFileSync } from 'node:fs'

/** A text from outside, such as a version's name, as one line of Markdown that means nothing but itself. */
export function plainMarkdown(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>#|~&!]/g, (mark) => (mark === '<' ? '&lt;' : `\\${mark}`))
}

/** Appends sections to the job summary of this step; without a summary file (no runner) it does nothing. */
export function writeSummary(sections: readonly string[]): void {
  const path = process.env.GITHUB_STEP_SUMMARY
  if (!path || sections.length === 0) return
  appendFileSync(path, `${sections.join('\n\n')}\n\n`)
}
