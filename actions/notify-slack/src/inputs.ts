import type { InputReader } from '@belay/action-kit'
import { shownUrl } from '@belay/http'

export type JobStatus = 'success' | 'failure' | 'cancelled'

export interface NotifyInputs {
  /** Undefined without a token, which runs of forks and of bots do not get: then Slack is told nothing. */
  readonly slack: SlackInputs | undefined
  /** In post the job's true outcome; in main what it is so far. */
  readonly jobStatus: JobStatus
}

export interface SlackInputs {
  readonly token: string
  /** ID or name, as Slack takes either for a new message. */
  readonly channel: string
  /** Ends with a slash. */
  readonly apiUrl: URL
}

export function readNotifyInputs(read: InputReader): NotifyInputs {
  // Secrets are often stored with the line end that a copied token came with.
  const token = read.secret('token').trim()
  const channel = read.text('channel')
  const apiUrl = readApiUrl(read)
  const jobStatus = read.choice<JobStatus>('job-status', {
    default: 'success',
    of: ['success', 'failure', 'cancelled'],
  })
  if (token !== '' && channel === '')
    read.mistake('channel', 'is missing', 'Give it beside token; in YAML "#releases" needs its quotes.')
  return { slack: token && channel ? { token, channel, apiUrl } : undefined, jobStatus }
}

const slackUrl = 'https://slack.com/api/'

function readApiUrl(read: InputReader): URL {
  const text = read.text('api-url', { default: slackUrl })
  const url = URL.canParse(text) ? new URL(text) : undefined
  const shown = shownUrl(text)
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    read.mistake('api-url', `is "${shown}", not a web address`, `Leave it out, or give one like ${slackUrl}.`)
    return new URL(slackUrl)
  }
  if (shown !== text)
    read.mistake('api-url', `is "${shown}", with a login or a query`, `Leave that out, as in ${slackUrl}.`)
  else if (url.protocol === 'http:' && !isLoopback(url.hostname))
    read.mistake('api-url', `is "${shown}", which would send the token unencrypted`, 'Give an https:// address.')
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}
