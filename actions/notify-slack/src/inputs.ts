import type { InputReader } from '@belay/action-kit'

export type JobStatus = 'success' | 'failure' | 'cancelled'

export interface NotifyInputs {
  /** Undefined without a token, which runs of forks and of bots do not get: then Slack is told nothing. */
  readonly slack: SlackInputs | undefined
  /** Why Slack cannot be told anything, though a token is there. A warning: no release is red for its message. */
  readonly unusable: string | undefined
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
  const address = readApiUrl(read.text('api-url', { default: slackUrl }))
  const jobStatus = read.choice<JobStatus>('job-status', {
    default: 'success',
    of: ['success', 'failure', 'cancelled'],
  })
  const unusable = token === '' ? undefined : (address.wrong ?? (channel === '' ? noChannel : undefined))
  return { slack: token && !unusable ? { token, channel, apiUrl: address.url } : undefined, unusable, jobStatus }
}

const slackUrl = 'https://slack.com/api/'
const noChannel =
  'a token is given, and no channel. Give channel, in YAML "#releases" with its quotes; ' +
  'of release: slack-channel, or the variable BELAY_SLACK_CHANNEL.'

function readApiUrl(text: string): { url: URL; wrong?: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    const wrong = `api-url is "${text}", not a web address. Leave it out, or give one like ${slackUrl}.`
    return { url: new URL(slackUrl), wrong }
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  if (url.protocol === 'https:' || isLoopback(url.hostname)) return { url }
  return { url, wrong: `api-url is "${text}", which would send the token unencrypted. Give an https:// address.` }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host)
}
