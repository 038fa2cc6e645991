import type { RetryableError } from '@belay/action-kit'
import { type HttpResponse, type NoResponseError, retryAfterMs } from '@belay/http'

/** Why a call failed. */
export interface SlackError extends RetryableError {
  /** The output `failure-code`. */
  readonly code: string
  readonly text: string
  readonly remedy: string | undefined
}

export type SlackBody = { ok: boolean; error?: string } & Record<string, unknown>

/** Reads an answer. Nearly every refusal has HTTP status 200, so `ok` decides if the answer has it. */
export function readAnswer(answer: HttpResponse): SlackBody | SlackError {
  if (answer.status === 429) return rateLimited(answer.headers['retry-after'])
  const body = parse(answer.body.toString('utf8'))
  if (body?.ok) return body
  if (body) return refusalError(body)
  if (answer.status >= 500)
    return { ...baseError, code: 'slack-server-error', text: `Slack answered HTTP ${answer.status}.`, ...ambiguous }
  return {
    ...baseError,
    code: 'slack-unexpected-answer',
    text: `The answer (HTTP ${answer.status}) is not from Slack's Web API.`,
    remedy: 'check api-url, and any proxy between the runner and Slack.',
  }
}

export function noAnswerError(error: NoResponseError): SlackError {
  if (error.sent)
    return {
      ...baseError,
      code: 'slack-no-answer',
      text: `Slack was reached, but the call failed: ${error.message}.`,
      ...ambiguous,
    }
  return {
    ...baseError,
    code: 'slack-unreachable',
    text: `Slack could not be reached: ${error.message}.`,
    remedy: "check Slack's status page, api-url, and HTTPS_PROXY if the runner needs a proxy.",
    retryable: true,
  }
}

/** The time that the whole job may wait for Slack is used up. */
export const budgetSpent: SlackError = {
  code: 'slack-time-spent',
  text: 'This job has used up the time that it may wait for Slack.',
  remedy: undefined,
  retryable: false,
  maybeDelivered: false,
  waitMs: undefined,
}

/** A token that cannot stand in a header is invalid; nothing needs to be sent to find that out. */
export function invalidToken(token: string): SlackError | undefined {
  if (/^[\x21-\x7e]+$/.test(token)) return undefined
  const text = 'The token has characters that a Slack token cannot have; nothing was sent.'
  return { ...refusalError({ ok: false, error: 'invalid_auth' }), text }
}

const baseError = { remedy: undefined, retryable: false, maybeDelivered: false, waitMs: undefined }
const ambiguous = { retryable: true, maybeDelivered: true }

function rateLimited(retryAfter: string | undefined): SlackError {
  // Without a time: one second, from Slack's usual limit of one message per second and channel.
  const waitMs = retryAfterMs(retryAfter) || 1000
  const text = `Slack asks to wait ${waitMs / 1000} s before the next message.`
  return { ...baseError, code: 'slack-rate-limited', text, retryable: true, waitMs }
}

/** Slack failed and did nothing. */
const retryableErrors = ['service_unavailable', 'request_timeout', 'team_added_to_org']
/** "Some aspect of the operation may have succeeded." */
const ambiguousErrors = ['internal_error', 'fatal_error', 'update_failed']

function refusalError(body: SlackBody): SlackError {
  // The word goes to an output and to the log, and a proxy may have written it: only Slack's form is accepted.
  const error = /^[a-z0-9_]{1,60}$/.test(body.error ?? '') ? (body.error as string) : 'unknown_error'
  if (error === 'ratelimited' || error === 'rate_limited') return rateLimited(undefined)
  return {
    code: `slack-${error.replaceAll('_', '-')}`,
    text: describeRefusal(error, body),
    remedy: remedyFor(error, body),
    retryable: retryableErrors.includes(error) || ambiguousErrors.includes(error),
    maybeDelivered: ambiguousErrors.includes(error),
    waitMs: undefined,
  }
}

function describeRefusal(error: string, body: SlackBody): string {
  if (error === 'missing_scope')
    return `The token lacks the scope ${printableAscii(body.needed)}; it has: ${printableAscii(body.provided) || 'none'} (missing_scope).`
  const { messages } = (body.response_metadata ?? {}) as { messages?: unknown }
  const details = Array.isArray(messages) ? messages.map(printableAscii).join('; ').slice(0, 500) : ''
  return `Slack refused: ${error}${details && ` (${details})`}.`
}

function printableAscii(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, ' ') : ''
}

const storeToken = 'store the Bot User OAuth Token (xoxb-…) of an app that is installed in the workspace as the secret.'
const askAdministrator = 'ask an administrator of the workspace, or choose another channel.'
const reportBug = 'this is a defect of Belay; please report it with this line.'

function remedyFor(error: string, body: SlackBody): string | undefined {
  switch (error) {
    case 'missing_scope':
      return `add ${printableAscii(body.needed)} under OAuth & Permissions of the app, reinstall it, and store the new token.`
    case 'not_in_channel':
      return 'invite the app to the channel (/invite @app there), or give it the scope chat:write.public.'
    case 'channel_not_found':
      return "check the channel's name, or give its ID. The app must be invited to a private channel."
    case 'is_archived':
    case 'is_inactive':
      return 'unarchive the channel, or choose another one.'
    case 'invalid_auth':
    case 'not_authed':
    case 'account_inactive':
    case 'token_revoked':
    case 'token_expired':
    case 'not_allowed_token_type':
      return storeToken
    case 'no_permission':
    case 'team_access_not_granted':
    case 'ekm_access_denied':
    case 'access_denied':
    case 'accesslimited':
      return askAdministrator
    case 'msg_too_long':
    case 'msg_blocks_too_long':
    case 'no_text':
    case 'invalid_blocks':
    case 'invalid_blocks_format':
    case 'invalid_arguments':
      return reportBug
    default:
      return error.startsWith('restricted_action') ? askAdministrator : undefined
  }
}

function parse(text: string): SlackBody | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && 'ok' in value ? (value as SlackBody) : undefined
  } catch {
    return undefined
  }
}
