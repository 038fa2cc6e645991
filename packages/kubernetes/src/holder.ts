import { currentRun, jobIdentity, type Step } from '@belay/action-kit'

/** Who holds a lock: the run, its attempt, the job, and the word that was drawn for this job. */
export function holderOf(step: Pick<Step, 'id' | 'journal'>): string {
  const { url, attempt, job } = currentRun()
  return `${url}/attempts/${attempt}#${job}-${jobIdentity(step).nonce}`
}

/** The run and the attempt of a holder, where it is of this repository; no other one can be asked after. */
export function runOfHolder(holder: string, repository: string): { run: number; attempt: number } | undefined {
  const [, of, run, attempt] = /\/([^/]+\/[^/]+)\/actions\/runs\/(\d+)\/attempts\/(\d+)#/.exec(holder) ?? []
  return of === repository ? { run: Number(run), attempt: Number(attempt) } : undefined
}
