import { type Inputs, openJob, type Job as SharedJob, type Stage as StageResult } from '@belay/action-harness'

/** A job whose steps are named as their actions, such as `release/plan`. */
export interface Job extends SharedJob {
  main(action: string, inputs: Inputs): Promise<StageResult>
  /** The post of the action's last main. */
  post(action: string, inputs: Inputs): Promise<StageResult>
}

export function openReleaseJob(env: Record<string, string>): Job {
  const job = openJob({ env: { GITHUB_REPOSITORY: 'acme/acme-sales', ...env } })
  return {
    ...job,
    main: (action, inputs) => job.step(action).main(inputs),
    post: (action, inputs) => job.step(action).post(inputs),
  }
}
