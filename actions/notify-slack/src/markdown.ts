import { markdownDialect } from './dialect.ts'
import { headline, origin, paragraphs } from './paragraphs.ts'
import type { Story } from './story.ts'

/** Writes a story, whole, as a section of the job summary. Pure. */
export function toMarkdown(story: Story, notes: readonly string[] = []): string {
  const sections = paragraphs(story, markdownDialect).map(({ head, items }) =>
    [head, ...(items.length > 0 ? ['', ...items.map((item) => `- ${item}`)] : [])].join('\n'),
  )
  const plainNotes = notes.map((note) => markdownDialect.plain(note))
  return [
    `### ${headline(story, markdownDialect, 500)}`,
    ...sections,
    ...plainNotes,
    origin(story, markdownDialect),
  ].join('\n\n')
}
