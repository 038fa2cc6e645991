import { findControlCharacter, type InputReader } from '@belay/action-kit'
import { shownUrl } from '@belay/http'

export type JobStatus = 'success' | 'failure' | 'cancelled'

export interface NotifyInputs {
  /** Undefined without a token (runs of forks and bots get none) or with unusable inputs: no message is sent. */
  readonly slack: SlackInputs | undefined
  /** Why an input cannot be used, and how to fix it. Only a warning: a missing message must not fail a release. */
  readonly unusable: readonly UnusableInput[]
  /** In post the job's final outcome; in main its status so far. */
  readonly jobStatus: JobStatus
}

export interface UnusableInput {
  readonly text: string
  readonly remedy: string
}

export interface SlackInputs {
  readonly token: string
  /** ID or name: Slack accepts either for a new message. */
  readonly channel: string
  /** Ends with a slash. */
  readonly apiUrl: URL
}

export function readNotifyInputs(read: InputReader): NotifyInputs {
  // Unusable values are warnings here, so the reader does not check them; requirePlain does.
  const token = read.secret('token', { multiline: true }).trim()
  const channel = read.text('channel', { unchecked: true })
  const unusable: UnusableInput[] = []
  requirePlain(unusable, 'token', token, 'store the token as one line, without anything else.')
  requirePlain(unusable, 'channel', channel, 'give the name or the ID of one channel.')
  const apiUrl = readApiUrl(read, unusable)
  const jobStatus = read.choice<JobStatus>('job-status', {
    default: 'success',
    of: ['success', 'failure', 'cancelled'],
  })
  if (token !== '' && channel === '')
    unusable.push({
      text: 'The input token is given (slack-token of release), but the input channel is not.',
      remedy:
        'give `channel` (for release: `slack-channel`), or set the variable BELAY_SLACK_CHANNEL. In YAML "#releases" needs its quotes.',
    })
  return {
    slack: token && channel && unusable.length === 0 ? { token, channel, apiUrl } : undefined,
    unusable,
    jobStatus,
  }
}

/** Refuses a value with a line break or another control character. The value may be a secret, so it is not shown. */
function requirePlain(unusable: UnusableInput[], name: string, value: string, remedy: string): boolean {
  const control = findControlCharacter(value)
  if (control) unusable.push({ text: `The input ${name} (slack-${name} of release) has ${control}.`, remedy })
  return control === undefined
}

const slackUrl = 'https://slack.com/api/'

function readApiUrl(read: InputReader, unusable: UnusableInput[]): URL {
  const text = read.text('api-url', { default: slackUrl, unchecked: true })
  if (!requirePlain(unusable, 'api-url', text, `leave it out, or give one like ${slackUrl}.`)) return new URL(slackUrl)
  const url = URL.canParse(text) ? new URL(text) : undefined
  const shown = shownUrl(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    unusable.push({
      text: `The input api-url is "${shown}", not a web address.`,
      remedy: `leave it out, or give one like ${slackUrl}.`,
    })
    return new URL(slackUrl)
  }
  if (shown !== text)
    unusable.push({
      text: `The input api-url is "${shown}", with a login or a query.`,
      remedy: `leave that out, as in ${slackUrl}.`,
    })
  else if (url.protocol === 'http:' && !isLoopback(url.hostname))
    unusable.push({
      text: `The input api-url is "${shown}", which would send the token unencrypted.`,
      remedy: 'give an https:// address.',
    })
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}
