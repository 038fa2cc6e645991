import type { HttpResponse, NoResponseError, Trouble } from '@belay/http'

/** Why a call did not do what it should. */
export interface Problem extends Trouble {
  /** The output `failure-code`. */
  readonly code: string
  readonly text: string
  readonly mend: string | undefined
}

export type SlackBody = { ok: boolean; error?: string } & Record<string, unknown>

/** Reads an answer: HTTP says 200 for nearly every refusal, so `ok` decides wherever there is one. */
export function readAnswer(answer: HttpResponse): SlackBody | Problem {
  if (answer.status === 429) return limited(answer.headers['retry-after'])
  const body = parse(answer.body.toString('utf8'))
  if (body?.ok) return body
  if (body) return refused(body)
  if (answer.status >= 500)
    return { ...plain, code: 'slack-server-error', text: `Slack answered HTTP ${answer.status}.`, ...ambiguous }
  return {
    ...plain,
    code: 'slack-unexpected-answer',
    text: `What answered (HTTP ${answer.status}) is not Slack's Web API.`,
    mend: 'look at api-url, and at a proxy between the runner and Slack.',
  }
}

export function unanswered(error: NoResponseError): Problem {
  if (error.sent)
    return { ...plain, code: 'slack-no-answer', text: `Slack was reached, but: ${error.message}.`, ...ambiguous }
  return {
    ...plain,
    code: 'slack-unreachable',
    text: `Slack could not be reached: ${error.message}.`,
    mend: 'look at the status of Slack, and at api-url and HTTPS_PROXY where the runner needs them.',
    passing: true,
  }
}

/** The time that all Slack work of the job may take together is over. */
export const timeSpent: Problem = {
  code: 'slack-time-spent',
  text: 'The time that this job may wait for Slack is spent.',
  mend: undefined,
  passing: false,
  perhapsDone: false,
  waitMs: undefined,
}

/** A token that cannot stand in a header is nobody's, and need not be sent to find that out. */
export function unusableToken(token: string): Problem | undefined {
  if (/^[\x21-\x7e]+$/.test(token)) return undefined
  const text = 'The token has characters that no token of Slack has; nothing was sent.'
  return { ...refused({ ok: false, error: 'invalid_auth' }), text }
}

const plain = { mend: undefined, passing: false, perhapsDone: false, waitMs: undefined }
const ambiguous = { passing: true, perhapsDone: true }

function limited(retryAfter: string | undefined): Problem {
  const seconds = Number(retryAfter)
  // Without a number a second is what Slack's usual limit, one message a second and channel, asks for.
  const waitMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 1000
  const text = `Slack asks to wait ${waitMs / 1000} s before the next message.`
  return { ...plain, code: 'slack-rate-limited', text, passing: true, waitMs }
}

/** Slack was not able to, and says that it did nothing. */
const notDone = ['service_unavailable', 'request_timeout', 'team_added_to_org']
/** "Some aspect of the operation may have succeeded." */
const perhapsDone = ['internal_error', 'fatal_error', 'update_failed']

function refused(body: SlackBody): Problem {
  // What becomes an output and a line of the log is a word of Slack's form, whoever answered.
  const error = /^[a-z0-9_]{1,60}$/.test(body.error ?? '') ? (body.error as string) : 'unknown_error'
  if (error === 'ratelimited' || error === 'rate_limited') return limited(undefined)
  return {
    code: `slack-${error.replaceAll('_', '-')}`,
    text: sayRefusal(error, body),
    mend: mendOf(error, body),
    passing: notDone.includes(error) || perhapsDone.includes(error),
    perhapsDone: perhapsDone.includes(error),
    waitMs: undefined,
  }
}

function sayRefusal(error: string, body: SlackBody): string {
  if (error === 'missing_scope')
    return `The token lacks the scope ${words(body.needed)}; it has: ${words(body.provided) || 'none'} (missing_scope).`
  const { messages } = (body.response_metadata ?? {}) as { messages?: unknown }
  const details = Array.isArray(messages) ? messages.map(words).join('; ').slice(0, 500) : ''
  return `Slack refused: ${error}${details && ` (${details})`}.`
}

function words(value: unknown): string {
  return typeof value === 'string' ? value.replace(/[^\x20-\x7e]/g, ' ') : ''
}

const newToken = 'store the Bot User OAuth Token (xoxb-…) of an app that is installed in the workspace as the secret.'
const policy = 'ask an administrator of the workspace, or choose another channel.'
const content = 'this is a mistake of Belay; please report it with this line.'

function mendOf(error: string, body: SlackBody): string | undefined {
  switch (error) {
    case 'missing_scope':
      return `add ${words(body.needed)} under OAuth & Permissions of the app, reinstall it, store the new token.`
    case 'not_in_channel':
      return 'invite the app to the channel (/invite @app there), or give it the scope chat:write.public.'
    case 'channel_not_found':
      return "look at the channel's name, or give its ID; a private channel must have the app invited."
    case 'is_archived':
    case 'is_inactive':
      return 'unarchive the channel, or choose another one.'
    case 'invalid_auth':
    case 'not_authed':
    case 'account_inactive':
    case 'token_revoked':
    case 'token_expired':
    case 'not_allowed_token_type':
      return newToken
    case 'no_permission':
    case 'team_access_not_granted':
    case 'ekm_access_denied':
    case 'access_denied':
    case 'accesslimited':
      return policy
    case 'msg_too_long':
    case 'msg_blocks_too_long':
    case 'no_text':
    case 'invalid_blocks':
    case 'invalid_blocks_format':
    case 'invalid_arguments':
      return content
    default:
      return error.startsWith('restricted_action') ? policy : undefined
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
