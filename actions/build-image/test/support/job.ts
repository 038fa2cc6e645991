import { type Inputs, openJob, type StageOptions, type Stage as StageResult, type Step } from '@belay/action-harness'

/** A job of steps of build-image: each main is a step of its own, and posts run in reverse order. */
export function openBuildJob(env: Record<string, string>) {
  const job = openJob({ env })
  const waiting: Step[] = []
  let steps = 0
  return {
    ...job,
    main(inputs: Inputs, during?: StageOptions['during']): Promise<StageResult> {
      const step = job.step('build-image', `step-${++steps}`)
      waiting.push(step)
      return step.main(inputs, { during })
    },
    /** The post of the last step that has none yet; `jobStatus` is the status of the job. */
    post(inputs: Inputs, jobStatus: string): Promise<StageResult> {
      const step = waiting.pop() ?? job.step('build-image')
      return step.post({ ...inputs, 'job-status': jobStatus })
    },
  }
}
