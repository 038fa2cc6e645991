import type { SlackMessage } from '@belay/stand-ins'

type Json = Record<string, unknown>

/** A Slack message as lines of plain text, about as a reader would see it. */
export function slackText(message: SlackMessage): string[] {
  const texts = message.blocks.length > 0 ? message.blocks.flatMap(blockTexts) : [message.text]
  return texts.flatMap((text) => plain(text).split('\n'))
}

/** The texts of a block in their order, wherever they stand in it. */
function blockTexts(block: Json): string[] {
  const { text, fields, elements } = block
  const parts = [text, ...list(fields), ...list(elements)]
  return parts.flatMap((part) => {
    if (typeof part === 'string') return [part]
    if (typeof part === 'object' && part !== null) return blockTexts(part as Json)
    return []
  })
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

/** mrkdwn without its marks: links by their label, entities as what they stand for. */
function plain(text: string): string {
  return text
    .replace(/<([^<>|]+)\|([^<>]*)>/g, '$2')
    .replace(/<([^<>]+)>/g, '$1')
    .replaceAll(/(^|[\s(])[*`]([^*`\n]+)[*`]/gm, '$1$2')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
