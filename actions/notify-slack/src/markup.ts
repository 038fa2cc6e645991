import { plainMarkdown } from '@belay/action-kit'

/** How one output format renders text. `max` counts characters as written, escapes included. */
export interface Markup {
  /** Untrusted text on one line; it cannot mention, link or format anything. */
  plain(text: string, max?: number): string
  code(text: string, max?: number): string
  /** `written` is rendered already. */
  bold(written: string): string
  link(label: string, url: string): string
}

/** Slack's mrkdwn: only `&`, `<` and `>` have to be escaped, and everything that can mention or link begins with `<`. */
export const slackMarkup: Markup = {
  plain: (text, max) => truncate(text, max, escapeSlack),
  code: (text, max) => `\`${truncate(text.replaceAll('`', "'"), max, escapeSlack)}\``,
  bold: (written) => `*${written}*`,
  link: (label, url) => `<${escapeSlack(url).replaceAll('|', '%7C')}|${escapeSlack(label).replaceAll('|', '/')}>`,
}

/** GitHub's Markdown, as a job summary shows it. */
export const markdownMarkup: Markup = {
  plain: (text, max) => truncate(text, max, plainMarkdown),
  code: (text, max) => `\`${truncate(text.replaceAll('`', "'"), max, (part) => part)}\``,
  bold: (written) => `**${written}**`,
  link: (label, url) => `[${plainMarkdown(label)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`,
}

function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Renders as much of the text as fits, never half an escape, and ends it with `…` if something is left out. */
function truncate(text: string, max = Number.POSITIVE_INFINITY, write: (part: string) => string): string {
  const line = oneLine(text)
  const whole = write(line)
  if (whole.length <= max) return whole
  let written = ''
  for (const character of line) {
    const next = written + write(character)
    if (next.length > max - 1) break
    written = next
  }
  return `${written}…`
}

/** Line breaks, other control characters and characters that change the text direction become spaces. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
}
