import type { KnownBlock, MrkdwnElement, SectionBlock } from '@slack/types'
import { slackMarkup } from './markup.ts'
import type { ReleaseReport } from './release-report.ts'
import { footer, headline, reportSections, type Section } from './sections.ts'

/** What chat.postMessage and chat.update take. `text` is what notifications show; both go with every call. */
export interface SlackContent {
  readonly text: string
  readonly blocks: readonly KnownBlock[]
}

/**
 * Slack's limits in characters (docs/research/slack.md#limits-of-a-message), with room to spare. The total of all blocks
 * is documented nowhere.
 */
const limits = { header: 150, section: 2900, sections: 45, total: 12_000, block: 125 }

/** Renders a report as one Block Kit message within Slack's limits; what does not fit is named. Pure. */
export function toBlocks(report: ReleaseReport, notes: readonly string[] = []): SlackContent {
  const sections = [
    ...reportSections(report, slackMarkup),
    ...notes.map((heading) => ({ topic: 'a note', heading, items: [] })),
  ]
  const title = headline(report, slackMarkup, limits.header)
  return {
    text: `${title}\n${sections[0]?.heading ?? ''}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title, emoji: true } },
      ...packSections(sections).map((text): SectionBlock => ({ type: 'section', text: mrkdwn(text) })),
      { type: 'context', elements: [mrkdwn(footer(report, slackMarkup))] },
    ],
  }
}

function packSections(sections: readonly Section[]): string[] {
  const texts: string[] = []
  let room = limits.total
  for (const [index, section] of sections.entries()) {
    const text = packSection(section)
    room -= text.length + limits.block
    if (room < 0 || index >= limits.sections) {
      const left = sections.slice(index).map(({ topic }) => topic)
      const named = left.slice(0, 10).join(', ') + (left.length > 10 ? ` and ${left.length - 10} more` : '')
      return [...texts, `… left out because of Slack's limits, see the job summary: ${named}`]
    }
    texts.push(text)
  }
  return texts
}

function packSection({ heading, items }: Section): string {
  let text = heading
  for (const [index, item] of items.entries()) {
    const next = `${text}\n• ${item}`
    if (next.length > limits.section) return `${text}\n… and ${items.length - index} more lines in the job summary`
    text = next
  }
  return text
}

/** Verbatim: Slack must not turn parts of the text into links or mentions. */
function mrkdwn(text: string): MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true }
}
