import type { GitHub } from './client.ts'
import { assertShape } from './failure.ts'

/** Whether all jobs of one attempt of a run have ended. */
export async function isAttemptOver(github: GitHub, run: number, attempt: number): Promise<boolean> {
  const found = await github.ask(({ rest }, repository) =>
    rest.actions.getWorkflowRunAttempt({ ...repository, run_id: run, attempt_number: attempt }),
  )
  assertShape(found.status === null || typeof found.status === 'string', 'the attempt of a run')
  return found.status === 'completed'
}
