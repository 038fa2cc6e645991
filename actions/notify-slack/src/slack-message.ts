import type { MessageState } from '@belay/action-kit'
import type { SlackContent } from './blocks.ts'
import type { SlackInputs } from './inputs.ts'
import { type Budget, callSlack, isSlackError } from './slack-client.ts'
import type { SlackError } from './slack-error.ts'

/** How long one job may wait for Slack, in milliseconds, and how much of that is reserved for the final message. */
const totalBudgetMs = 20_000
const reservedForEndMs = 10_000

/** What one stage of one step needs to write the message of the job. */
export interface JobMessage {
  readonly slack: SlackInputs
  readonly state: MessageState
  readonly budget: Budget
  readonly signal: AbortSignal
}

export function openMessage(slack: SlackInputs, state: MessageState, isLast: boolean, signal: AbortSignal): JobMessage {
  const limit = isLast ? totalBudgetMs : totalBudgetMs - reservedForEndMs
  const budget: Budget = {
    leftMs: () => limit - state.current.spentMs,
    spend: (ms) => state.update({ spentMs: Math.round(state.current.spentMs + ms) }),
  }
  return { slack, state, budget, signal }
}

/** Posts a new message and saves its channel and ts. Returns the error, if any. */
export async function postMessage(
  { slack, state, budget, signal }: JobMessage,
  content: SlackContent,
): Promise<SlackError | undefined> {
  state.update({ deliveryUnknown: true })
  const args = { channel: slack.channel, ...content, parse: 'none', unfurl_links: false, unfurl_media: false }
  const answer = await callSlack(slack, { method: 'chat.postMessage', args, repeatable: false }, budget, signal)
  if (isSlackError(answer)) {
    state.update({ deliveryUnknown: answer.maybeDelivered })
    return answer
  }
  state.update({ deliveryUnknown: false, posted: { channel: String(answer.channel), ts: String(answer.ts) } })
  return undefined
}

/** Replaces the whole open message. Slack finds it by the channel's ID; a name does not work here. */
export async function updateMessage(
  { slack, state, budget, signal }: JobMessage,
  content: SlackContent,
): Promise<SlackError | undefined> {
  // A field that an update omits stays or falls back to a default. `parse` would, and mentions would work again.
  const args = { ...state.current.posted, ...content, attachments: [], parse: 'none' }
  const answer = await callSlack(slack, { method: 'chat.update', args, repeatable: true }, budget, signal)
  return isSlackError(answer) ? answer : undefined
}

/** Whether the open message can never be updated again; then the final state is posted as a new message. */
export function isGone({ code }: SlackError): boolean {
  return ['slack-message-not-found', 'slack-cant-update-message', 'slack-edit-window-closed'].includes(code)
}
