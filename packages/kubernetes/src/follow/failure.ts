import { Failure, log } from '@belay/action-kit'
import { evidenceText } from './evidence.ts'
import type { FollowOutcome } from './outcome.ts'

/** Why workloads did not get ready, as a failure, once their events and last log lines are printed. */
export function followFailure({
  evidence,
  code,
  reason,
  remedy,
}: Extract<FollowOutcome, { readonly ok: false }>): Failure {
  const text = evidenceText(evidence)
  if (text !== '') log.info(text)
  return new Failure(code, reason, remedy)
}
