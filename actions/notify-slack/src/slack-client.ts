import { doubling, retry, sleep, type Tried } from '@belay/action-kit'
import { NoResponseError, sendRequest } from '@belay/http'
import type { SlackInputs } from './inputs.ts'
import { budgetSpent, invalidToken, noAnswerError, readAnswer, type SlackBody, type SlackError } from './slack-error.ts'

/** Timeout of one attempt, in milliseconds. */
const attemptMs = 5000
const attempts = 3
/** An attempt with less time left than this, in milliseconds, is not started. */
const minAttemptMs = 300
/** How long a cancelled job waits for the answer to a sent post, in milliseconds; the runner gives it 7.5 s in all. */
const graceMs = 3000
/** Slack's answers have a few ten thousand characters at most; a longer one is not from Slack. */
const maxBytes = 1_000_000

/** The time that a job may wait for Slack, shared by all its steps. */
export interface Budget {
  leftMs(): number
  spend(ms: number): void
}

export interface SlackCall {
  readonly method: 'chat.postMessage' | 'chat.update'
  readonly args: Readonly<Record<string, unknown>>
  /** Whether sending it twice has the same effect as once (docs/research/slack.md#no-second-message). */
  readonly repeatable: boolean
}

/**
 * Calls a method of Slack's Web API, with retries where they can help and do no harm, within the budget. Never throws.
 *
 * Not with @slack/web-api: it sleeps Retry-After and then its own backoff as well, it repeats chat.postMessage after
 * answers that may mean a posted message, and its HTTP client alone is larger than the rest of this action.
 */
export async function callSlack(
  slack: SlackInputs,
  call: SlackCall,
  budget: Budget,
  signal: AbortSignal,
): Promise<SlackBody | SlackError> {
  const unusable = invalidToken(slack.token)
  if (unusable) return unusable
  const once = () => tryOnce(slack, call, Math.min(attemptMs, budget.leftMs()), signal)
  const tried = await retry(async () => triedOf(await timed(budget, once)), {
    repeatable: call.repeatable,
    attempts,
    leftMs: () => budget.leftMs(),
    leastMs: minAttemptMs,
    backoffMs: doubling(500),
    pause: (ms) => timed(budget, () => sleep(ms, signal)),
    signal,
  })
  if (!tried) return budgetSpent
  return 'value' in tried ? tried.value : tried.trouble
}

function triedOf(answer: SlackBody | SlackError): Tried<SlackBody, SlackError> {
  return isSlackError(answer) ? { trouble: answer } : { value: answer }
}

export function isSlackError(answer: SlackBody | SlackError): answer is SlackError {
  return !('ok' in answer)
}

async function tryOnce(
  slack: SlackInputs,
  call: SlackCall,
  ms: number,
  signal: AbortSignal,
): Promise<SlackBody | SlackError> {
  const url = new URL(call.method, slack.apiUrl)
  const headers = { authorization: `Bearer ${slack.token}`, 'content-type': 'application/json; charset=utf-8' }
  const body = JSON.stringify(call.args)
  // Without its ts a posted message could never be updated: it would say `running` for ever.
  const asking = call.repeatable ? signal : withGrace(signal)
  try {
    return readAnswer(
      await sendRequest({ method: 'POST', url, headers, body, timeoutMs: ms, signal: asking }, maxBytes),
    )
  } catch (error) {
    if (error instanceof NoResponseError) return noAnswerError(error)
    throw error
  }
}

/** A signal that is aborted `graceMs` after the given one. */
function withGrace(signal: AbortSignal): AbortSignal {
  const later = new AbortController()
  const abort = () => void setTimeout(() => later.abort(), graceMs).unref()
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return later.signal
}

async function timed<T>(budget: Budget, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } finally {
    budget.spend(performance.now() - began)
  }
}
