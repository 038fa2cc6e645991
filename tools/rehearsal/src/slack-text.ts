import type { FakeSlack, SlackMessage } from '@belay/fakes/slack'

type Json = Record<string, unknown>

/** A heading, then the lines of the last message in its last version. */
export function slackLines(slack: FakeSlack): string[] {
  const message = slack.messages().at(-1)
  if (!message) return ['Slack has no message.']
  const head = `Slack, #${message.channelName}, ${message.earlier.length + 1} versions of one message; the last one:`
  return [head, ...slackText(message)]
}

/** A Slack message as lines of plain text, about as a reader sees it. */
export function slackText(message: Pick<SlackMessage, 'text' | 'blocks'>): string[] {
  const texts = message.blocks.length > 0 ? message.blocks.flatMap(blockTexts) : [message.text]
  return texts.flatMap((text) => plain(text).split('\n'))
}

/** Of some words those that no message has since there were so many. */
export function unsaidWords(slack: FakeSlack, since: number, words: readonly string[]): string[] {
  const text = slack.messages().slice(since).flatMap(slackText).join('\n')
  return words.filter((word) => !text.includes(word)).map((word) => `Slack's message must contain "${word}"`)
}

/** All texts of a block, in their order. */
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

/** mrkdwn without its marks: the labels of links, entities decoded. */
function plain(text: string): string {
  return text
    .replace(/<([^<>|]+)\|([^<>]*)>/g, '$2')
    .replace(/<([^<>]+)>/g, '$1')
    .replaceAll(/(^|[\s(])[*`]([^*`\n]+)[*`]/gm, '$1$2')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
