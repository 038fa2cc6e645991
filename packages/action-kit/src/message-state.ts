import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal } from './journal.ts'

/** The one Slack message of a job, as its steps know it from each other. Holds no secret. */
export interface OpenMessage {
  /** The step that was the first to tell, and whose post ends the message. */
  readonly owner: string
  /** `channel` as Slack's answer named it, always an ID; `ts` is text, whose trailing zeros count. */
  readonly posted?: { readonly channel: string; readonly ts: string }
  /** Written before a message is posted, taken back when it is known: perhaps one stands that nobody can update. */
  readonly deliveryUnknown: boolean
  /** Milliseconds spent on Slack by all steps of the job. */
  readonly spentMs: number
}

/** The open message and the way to change it; every change is in the file before the call returns. */
export interface MessageState {
  readonly current: OpenMessage
  update(part: Partial<OpenMessage>): void
}

/** The job's open message, or a new one that this step owns. */
export function messageState(journal: Journal, step: string): MessageState {
  const path = join(journal.folder, 'slack.json')
  let current: OpenMessage = existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as OpenMessage)
    : { owner: step, deliveryUnknown: false, spentMs: 0 }
  return {
    get current() {
      return current
    },
    update(part) {
      current = { ...current, ...part }
      // By a rename, so that a kill leaves the one or the other, whole.
      writeFileSync(`${path}.new`, JSON.stringify(current), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
  }
}
