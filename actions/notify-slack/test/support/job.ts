import { join } from 'node:path'
import { type Inputs, openJob, type StageOptions } from '@belay/action-harness'

/** A job of steps of notify-slack, by their names. `shared`: the folder that Belay's steps share. */
export function openSlackJob() {
  const job = openJob()
  const succeeded = { 'job-status': 'success' }
  return {
    ...job,
    shared: join(job.temp, 'belay'),
    main: (step: string, inputs: Inputs, options?: StageOptions) =>
      job.step('notify-slack', step).main({ ...succeeded, ...inputs }, options),
    post: (step: string, inputs: Inputs) => job.step('notify-slack', step).post({ ...succeeded, ...inputs }),
  }
}
