import type { MessageState } from '@belay/action-kit'
import type { SlackContent } from './blocks.ts'
import { type Budget, callSlack, isProblem } from './client.ts'
import type { SlackInputs } from './inputs.ts'
import type { Problem } from './problem.ts'

/** All that the Slack work of one job may take, in milliseconds, and how much of it is kept for the end. */
const wholeMs = 20_000
const keptForTheEndMs = 10_000

/** How one stage of one step reaches the message of the job. */
export interface Teller {
  readonly slack: SlackInputs
  readonly kept: MessageState
  readonly budget: Budget
  readonly signal: AbortSignal
}

export function makeTeller(slack: SlackInputs, kept: MessageState, isTheEnd: boolean, signal: AbortSignal): Teller {
  const limit = isTheEnd ? wholeMs : wholeMs - keptForTheEndMs
  const budget: Budget = {
    leftMs: () => limit - kept.current.spentMs,
    spend: (ms) => kept.update({ spentMs: Math.round(kept.current.spentMs + ms) }),
  }
  return { slack, kept, budget, signal }
}

/** Posts a new message and keeps its place. Returns the problem where there is one. */
export async function post(
  { slack, kept, budget, signal }: Teller,
  content: SlackContent,
): Promise<Problem | undefined> {
  kept.update({ deliveryUnknown: true })
  const args = { channel: slack.channel, ...content, parse: 'none', unfurl_links: false, unfurl_media: false }
  const answer = await callSlack(slack, { method: 'chat.postMessage', args, repeatable: false }, budget, signal)
  if (isProblem(answer)) {
    kept.update({ deliveryUnknown: answer.perhapsDone })
    return answer
  }
  kept.update({ deliveryUnknown: false, posted: { channel: String(answer.channel), ts: String(answer.ts) } })
  return undefined
}

/** Replaces the whole of the open message, found by the ID that Slack gave: a channel's name will not do here. */
export async function update(
  { slack, kept, budget, signal }: Teller,
  content: SlackContent,
): Promise<Problem | undefined> {
  // Whatever is left out of an update stays or falls back to a default; `parse` would, and mentions with it.
  const args = { ...kept.current.posted, ...content, attachments: [], parse: 'none' }
  const answer = await callSlack(slack, { method: 'chat.update', args, repeatable: true }, budget, signal)
  return isProblem(answer) ? answer : undefined
}

/** Whether the open message can never be updated again: then the end is worth a message of its own. */
export function isLost({ code }: Problem): boolean {
  return ['slack-message-not-found', 'slack-cant-update-message', 'slack-edit-window-closed'].includes(code)
}
