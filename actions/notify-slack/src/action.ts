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
import { toSlack } from './blocks.ts'
import { type NotifyInputs, readNotifyInputs, type SlackInputs, type Unusable } from './inputs.ts'
import { toMarkdown } from './markdown.ts'
import type { Problem } from './problem.ts'
import { type Story, type Told, tellStory } from './story.ts'
import { isLost, makeTeller, post, type Teller, update } from './telling.ts'

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
    await onlyWarn(step, () => (unusable.length > 0 ? refuse(unusable, step) : begin(slack, step)))
    return { result: 'unchanged' }
  },

  async end(step) {
    await onlyWarn(step, async () => {
      const { slack, jobStatus } = readInputs(readNotifyInputs, fromEnvironment, { variables })
      const kept = messageState(step.journal, step.id)
      const story = tell(step, jobStatus)
      const problem = slack && kept.current.owner === step.id ? await finish(slack, kept, story, step) : undefined
      // Never only in Slack; told once, by the post that is the last of the job.
      if (isFirst(step)) step.summary(toMarkdown(story, problem ? [`Slack was not told this: ${problem.text}`] : []))
    })
  },
}

async function refuse(unusable: readonly Unusable[], step: Step): Promise<void> {
  step.output('failure-code', 'inputs')
  for (const { text, remedy } of unusable)
    warn(step, { code: 'inputs', text, mend: remedy }, 'This release goes on without a message.')
}

async function begin(slack: SlackInputs | undefined, step: Step): Promise<void> {
  if (!slack) return step.info('No token is given: Slack is told nothing; the job summary tells it.')
  const kept = messageState(step.journal, step.id)
  // Written even where nothing comes of the call: it says who ends the message.
  kept.update({})
  if (kept.current.owner === step.id) warnIfLate(step)
  const problem = await postOrJoin(makeTeller(slack, kept, false, step.signal), tell(step, 'running'), step)
  const { posted } = kept.current
  step.output('ts', posted?.ts ?? '')
  step.output('channel-id', posted?.channel ?? '')
  step.output('failure-code', problem?.code ?? '')
  if (problem) warn(step, problem, 'This release goes on without.')
}

async function postOrJoin(teller: Teller, story: Story, step: Step): Promise<Problem | undefined> {
  const { posted, deliveryUnknown: doubtful, owner } = teller.kept.current
  if (posted) {
    step.info(`Joins the message of ${owner} in ${posted.channel}; only that step ends it.`)
    return update(teller, toSlack(story))
  }
  if (doubtful) {
    step.info(`Whether the message of ${owner} arrived is not known; no second one is posted before the end.`)
    return undefined
  }
  return post(teller, toSlack(story))
}

/** Posts run in reverse order, so what stands before this step is undone after it has told the end. */
function warnIfLate(step: Step): void {
  const isOpen = (ended: { result: string } | undefined) => ended === undefined || ended.result === 'pending'
  const before = step.journal.read().steps.find(({ mutates, ended }) => mutates && isOpen(ended))
  if (before)
    step.warn(`This step stands after ${before.id} and cannot tell how that ends. Make it the first step of the job.`)
}

async function finish(slack: SlackInputs, kept: MessageState, story: Story, step: Step): Promise<Problem | undefined> {
  const { deliveryUnknown: doubtful } = kept.current
  const teller = makeTeller(slack, kept, true, step.signal)
  const notes = doubtful ? ['An earlier message may still say that this is running; this one holds.'] : []
  let problem = kept.current.posted ? await update(teller, toSlack(story)) : await post(teller, toSlack(story, notes))
  if (problem && kept.current.posted && isLost(problem)) problem = await post(teller, toSlack(story))
  if (problem) warn(step, problem, 'How this job ended stands in the job summary.')
  return problem
}

function isFirst(step: Step): boolean {
  return step.journal.read().steps.find(({ action }) => action === 'notify-slack')?.id === step.id
}

function tell(step: Step, status: Told['status']): Story {
  const record = readRecord(step.journal.recordPath)
  return tellStory({ record, job: step.journal.read(), run: currentRun(), status })
}

function warn(step: Step, { code, text, mend }: Pick<Problem, 'code' | 'text' | 'mend'>, consequence: string): void {
  step.warn(`Slack was not told (${code}). ${text} ${consequence}${mend ? `\n  To mend it: ${mend}` : ''}`)
}

/** Nothing that has to do with telling may make a release red. */
async function onlyWarn(step: Step, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    step.warn(`Slack was not told: ${messageOf(error)}`)
  }
}
