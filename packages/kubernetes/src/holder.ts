import { currentRun, jobIdentity, type Step } from '@belay/action-kit'

/** Who holds a lock: the run, its attempt, the job, and the word that was drawn for this job. */
export function holderOf(step: Pick<Step, 'id' | 'journal'>): string {
  const { url, attempt, job } = currentRun()
  return `${url}/attempts/${attempt}#${job}-${jobIdentity(step).nonce}`
}
