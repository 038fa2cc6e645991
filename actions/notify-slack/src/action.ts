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
import { readRecord } from '@belay/release-model'
import { toBlocks } from './blocks.ts'
import { type NotifyInputs, readNotifyInputs, type SlackInputs, type UnusableInput } from './inputs.ts'
import { toMarkdown } from './markdown.ts'
import { buildReport, type ReleaseReport } from './release-report.ts'
import type { Told } from './report-input.ts'
import type { SlackError } from './slack-error.ts'
import { isGone, type JobMessage, openMessage, postMessage, updateMessage } from './slack-message.ts'

const variables = { token: 'slack-token', channel: 'slack-channel', 'api-url': 'slack-api-url' }

/**
 * One message a job: the first step posts it, later ones bring it up to date, and the post of the first, which is the
 * last of the job, ends it. Whatever Slack does, the job goes on as if it were not there.
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
      // Never only in Slack; told once, by the post that is the last of the job.
      if (isFirst(step)) step.summary(toMarkdown(report, error ? [`Slack was not told this: ${error.text}`] : []))
    })
  },
}

async function warnUnusable(unusable: readonly UnusableInput[], step: Step): Promise<void> {
  step.output('failure-code', 'inputs')
  for (const { text, remedy } of unusable)
    warn(step, { code: 'inputs', text, remedy }, 'This release goes on without a message.')
}

async function postFirst(slack: SlackInputs | undefined, step: Step): Promise<void> {
  if (!slack) return step.info('No token is given: Slack is told nothing; the job summary tells it.')
  const state = messageState(step.journal, step.id)
  // Written even where nothing comes of the call: it says who ends the message.
  state.update({})
  if (state.current.owner === step.id) warnIfLate(step)
  const error = await postOrJoin(openMessage(slack, state, false, step.signal), reportOfJob(step, 'running'), step)
  const { posted } = state.current
  step.output('ts', posted?.ts ?? '')
  step.output('channel-id', posted?.channel ?? '')
  step.output('failure-code', error?.code ?? '')
  if (error) warn(step, error, 'This release goes on without.')
}

async function postOrJoin(message: JobMessage, report: ReleaseReport, step: Step): Promise<SlackError | undefined> {
  const { posted, deliveryUnknown: doubtful, owner } = message.state.current
  if (posted) {
    step.info(`Joins the message of ${owner} in ${posted.channel}; only that step ends it.`)
    return updateMessage(message, toBlocks(report))
  }
  if (doubtful) {
    step.info(`Whether the message of ${owner} arrived is not known; no second one is posted before the end.`)
    return undefined
  }
  return postMessage(message, toBlocks(report))
}

/** Posts run in reverse order, so what stands before this step is undone after it has told the end. */
function warnIfLate(step: Step): void {
  const isOpen = (ended: { result: string } | undefined) => ended === undefined || ended.result === 'pending'
  const before = step.journal.read().steps.find(({ mutates, ended }) => mutates && isOpen(ended))
  if (before)
    step.warn(`This step stands after ${before.id} and cannot tell how that ends. Make it the first step of the job.`)
}

async function postEnd(
  slack: SlackInputs,
  state: MessageState,
  report: ReleaseReport,
  step: Step,
): Promise<SlackError | undefined> {
  const { deliveryUnknown: doubtful } = state.current
  const message = openMessage(slack, state, true, step.signal)
  const notes = doubtful ? ['An earlier message may still say that this is running; this one holds.'] : []
  let error = state.current.posted
    ? await updateMessage(message, toBlocks(report))
    : await postMessage(message, toBlocks(report, notes))
  if (error && state.current.posted && isGone(error)) error = await postMessage(message, toBlocks(report))
  if (error) warn(step, error, 'How this job ended stands in the job summary.')
  return error
}

function isFirst(step: Step): boolean {
  return step.journal.read().steps.find(({ action }) => action === 'notify-slack')?.id === step.id
}

function reportOfJob(step: Step, status: Told['status']): ReleaseReport {
  const record = readRecord(step.journal.recordPath)
  return buildReport({ record, job: step.journal.read(), run: currentRun(), status })
}

function warn(
  step: Step,
  { code, text, remedy }: Pick<SlackError, 'code' | 'text' | 'remedy'>,
  consequence: string,
): void {
  step.warn(`Slack was not told (${code}). ${text} ${consequence}${remedy ? `\n  How to fix: ${remedy}` : ''}`)
}

/** Nothing that has to do with telling may make a release red. */
async function warnOnError(step: Step, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    step.warn(`Slack was not told: ${messageOf(error)}`)
  }
}
