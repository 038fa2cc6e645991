import type { SlackMessage } from '@belay/fakes/slack'
import { slackText } from '../slack-text.ts'
import type { MessageReport } from './model.ts'

/** A message as a reader saw it at each moment. Pure. */
export function messageReport(message: SlackMessage): MessageReport {
  const versions = [...message.earlier, message]
  return {
    channel: `#${message.channelName}`,
    versions: versions.map((one) => ({ at: one.at, lines: slackText(one) })),
  }
}
