import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal } from './journal.ts'

/** The one Slack message of a job, which its steps share. Holds no secret. */
export interface OpenMessage {
  /** The step that posted first, and whose post completes the message. */
  readonly owner: string
  /** `channel` as Slack's answer named it, always an ID; `ts` is text, whose trailing zeros count. */
  readonly posted?: { readonly channel: string; readonly ts: string }
  /** Set before a message is posted, cleared when the answer is known: a message may exist that cannot be updated. */
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
      // By a rename, so that a kill leaves the old file or the new one, complete.
      writeFileSync(`${path}.new`, JSON.stringify(current), { mode: 0o600 })
      renameSync(`${path}.new`, path)
    },
  }
}
