import { findControlCharacter, type InputReader } from '@belay/action-kit'
import { shownUrl } from '@belay/http'

export type JobStatus = 'success' | 'failure' | 'cancelled'

export interface NotifyInputs {
  /** Undefined without a token, which runs of forks and of bots do not get, or with unusable inputs: no message is sent. */
  readonly slack: SlackInputs | undefined
  /** Why what is given cannot be used, and how to fix it. It is a warning: no message is worth a red release. */
  readonly unusable: readonly UnusableInput[]
  /** In post the job's true outcome; in main what it is so far. */
  readonly jobStatus: JobStatus
}

export interface UnusableInput {
  readonly text: string
  readonly remedy: string
}

export interface SlackInputs {
  readonly token: string
  /** ID or name, as Slack takes either for a new message. */
  readonly channel: string
  /** Ends with a slash. */
  readonly apiUrl: URL
}

export function readNotifyInputs(read: InputReader): NotifyInputs {
  // Their mistakes are warnings, here: what is no plain text is refused below.
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
        'give `channel`; of release `slack-channel`, or the variable BELAY_SLACK_CHANNEL; in YAML "#releases" needs its quotes.',
    })
  return {
    slack: token && channel && unusable.length === 0 ? { token, channel, apiUrl } : undefined,
    unusable,
    jobStatus,
  }
}

/** A value that has a line break or another control character is of no use. It may be a secret: it is not shown. */
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
