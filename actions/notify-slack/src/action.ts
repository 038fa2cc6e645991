import {
  type Action,
  currentRun,
  fromEnvironment,
  type MessageState,
  messageOf,
  messageState,
  readInputs,
  type Step,
} from '@belay/action-kit'
import { toBlocks } from './blocks.ts'
import { type NotifyInputs, readNotifyInputs, type SlackInputs, type UnusableInput } from './inputs.ts'
import { toMarkdown } from './markdown.ts'
import { buildReport, type ReleaseReport } from './release-report.ts'
import type { ReportInput } from './report-input.ts'
import type { SlackError } from './slack-error.ts'
import { isGone, type JobMessage, openMessage, postMessage, updateMessage } from './slack-message.ts'

const variables = { token: 'slack-token', channel: 'slack-channel', 'api-url': 'slack-api-url' }

/**
 * One message per job: the first step posts it, later steps update it. The post of the first step, which is the last
 * post of the job, writes the final state. A failure of Slack never fails the job.
 */
export const notifySlack: Action<NotifyInputs> = {
  name: 'notify-slack',
  inputs: readNotifyInputs,
  variables,

  async main({ slack, unusable }, step) {
    await warnOnError(step, () => (unusable.length > 0 ? warnUnusable(unusable, step) : postFirst(slack, step)))
    return { result: 'unchanged' }
  },

  async end(step) {
    await warnOnError(step, async () => {
      const { slack, jobStatus } = readInputs(readNotifyInputs, fromEnvironment, { variables })
      const state = messageState(step.journal, step.id)
      const report = reportOfJob(step, jobStatus)
      const error = slack && state.current.owner === step.id ? await postEnd(slack, state, report, step) : undefined
      // The result is never only in Slack. The summary begins with the same words, once.
      if (isFirst(step))
        step.summary(toMarkdown(report, error ? [`Slack was not notified of this: ${error.text}`] : []), 'first')
    })
  },
}

async function warnUnusable(unusable: readonly UnusableInput[], step: Step): Promise<void> {
  step.output('failure-code', 'inputs')
  for (const { text, remedy } of unusable)
    warn(step, { code: 'inputs', text, remedy }, 'The release continues without a Slack message.')
}

async function postFirst(slack: SlackInputs | undefined, step: Step): Promise<void> {
  if (!slack) return step.info('No Slack token is set: no Slack message is sent. The job summary shows the result.')
  const state = messageState(step.journal, step.id)
  // Written even if the call fails: the state names the step that owns the message.
  state.update({})
  if (state.current.owner === step.id) warnIfLate(step)
  const error = await postOrJoin(openMessage(slack, state, false, step.signal), reportOfJob(step, 'running'), step)
  const { posted } = state.current
  step.output('ts', posted?.ts ?? '')
  step.output('channel-id', posted?.channel ?? '')
  step.output('failure-code', error?.code ?? '')
  if (error) warn(step, error, 'The release continues without a Slack message.')
}

async function postOrJoin(message: JobMessage, report: ReleaseReport, step: Step): Promise<SlackError | undefined> {
  const { posted, deliveryUnknown, owner } = message.state.current
  if (posted) {
    step.info(`Updates the message of ${owner} in ${posted.channel}. Only ${owner} writes its final state.`)
    return updateMessage(message, toBlocks(report))
  }
  if (deliveryUnknown) {
    step.info(
      `It is not known whether Slack received the message of ${owner}. No second message is posted before the job ends.`,
    )
    return undefined
  }
  return postMessage(message, toBlocks(report))
}

/** Posts run in reverse order: an earlier step is committed or undone only after this step has reported. */
function warnIfLate(step: Step): void {
  const isOpen = (ended: { result: string } | undefined) => ended === undefined || ended.result === 'pending'
  const before = step.journal.read().steps.find(({ mutates, ended }) => mutates && isOpen(ended))
  if (before)
    step.warn(
      `This step runs after ${before.id}, so its message cannot show the outcome of ${before.id}.\n  How to fix: make notify-slack the first step of the job.`,
    )
}

async function postEnd(
  slack: SlackInputs,
  state: MessageState,
  report: ReleaseReport,
  step: Step,
): Promise<SlackError | undefined> {
  const { deliveryUnknown } = state.current
  const message = openMessage(slack, state, true, step.signal)
  const notes = deliveryUnknown
    ? ['An earlier message may still say that this job is running. This message is the current one.']
    : []
  let error = state.current.posted
    ? await updateMessage(message, toBlocks(report))
    : await postMessage(message, toBlocks(report, notes))
  if (error && state.current.posted && isGone(error)) error = await postMessage(message, toBlocks(report))
  if (error) warn(step, error, 'The result of this job is in the job summary.')
  return error
}

function isFirst(step: Step): boolean {
  return step.journal.read().steps.find(({ action }) => action === 'notify-slack')?.id === step.id
}

function reportOfJob(step: Step, status: ReportInput['status']): ReleaseReport {
  const { journal } = step
  return buildReport({ record: journal.record(), job: journal.read(), run: currentRun(), status })
}

function warn(
  step: Step,
  { code, text, remedy }: Pick<SlackError, 'code' | 'text' | 'remedy'>,
  consequence: string,
): void {
  step.warn(`Slack was not notified (${code}). ${text} ${consequence}${remedy ? `\n  How to fix: ${remedy}` : ''}`)
}

/** A failed notification must not fail the release. */
async function warnOnError(step: Step, notify: () => Promise<void>): Promise<void> {
  try {
    await notify()
  } catch (error) {
    step.warn(`Slack was not notified: ${messageOf(error)}`)
  }
}
