import { randomBytes } from 'node:crypto'
import { Failure, messageOf } from '@belay/action-kit'
import type { Client, KubeObject } from '@belay/kubernetes'
import { type Following, followJob } from './follow.ts'
import { createJob, printedBy, removeJob } from './jobs.ts'

/**
 * Asks what is pending: runs `status-command` in a Job of its own, which prints one name a line.
 * @throws Failure `status-failed`, or why the Job did not run
 */
export async function askPending(client: Client, status: KubeObject, following: Following): Promise<string[]> {
  const { namespace } = following
  const name = `${status.metadata.name}-${randomBytes(4).toString('hex')}`
  const job = await createJob(client, namespace, { ...status, metadata: { ...status.metadata, name } })
  try {
    await followJob(client, name, following)
    const text = await printedBy(client, namespace, job).catch((error: unknown) => {
      throw statusFailure(`What status-command printed could not be read: ${messageOf(error)}.`)
    })
    return namesIn(text)
  } finally {
    await removeJob(client, namespace, job)
  }
}

/** The names that were printed. A log has standard error in it, so a line that is no name is not guessed at. Pure. */
export function namesIn(text: string): string[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const other = lines.find((line) => !/^[\w.@:+/-]+$/.test(line))
  if (other !== undefined)
    throw statusFailure(`status-command printed a line that is no name: "${other.slice(0, 200)}".`)
  return lines
}

function statusFailure(what: string): Failure {
  return new Failure(
    'status-failed',
    what,
    'let status-command print the names of the pending migrations, one a line, and nothing else, also not on standard error.',
  )
}
