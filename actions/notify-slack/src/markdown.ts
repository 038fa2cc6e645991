import { ganttOf } from './gantt.ts'
import { markdownMarkup } from './markup.ts'
import type { ReleaseReport } from './release-report.ts'
import { footer, headline, reportSections } from './sections.ts'

/** Renders the whole report as a section of the job summary. Pure. */
export function toMarkdown(report: ReleaseReport, notes: readonly string[] = []): string {
  const sections = reportSections(report, markdownMarkup).map(({ heading, items }) =>
    [heading, ...(items.length > 0 ? ['', ...items.map((item) => `- ${item}`)] : [])].join('\n'),
  )
  const plainNotes = notes.map((note) => markdownMarkup.plain(note))
  const gantt = ganttOf(report.times)
  return [
    `### ${headline(report, markdownMarkup, 500)}`,
    ...sections,
    ...(gantt ? [gantt] : []),
    ...plainNotes,
    footer(report, markdownMarkup),
  ].join('\n\n')
}
