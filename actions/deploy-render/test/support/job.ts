import { type Inputs, openJob, type StageOptions } from '@belay/action-harness'

/** A job of one step of deploy-render, for a run of the commit `sha`. `github`: the URL of GitHub's API. */
export function openRenderJob({ sha, github }: { sha: string; github: string }) {
  const job = openJob({ env: { GITHUB_REPOSITORY: 'acme/acme', GITHUB_SHA: sha, GITHUB_API_URL: github } })
  const step = job.step('deploy-render')
  const succeeded = { 'job-status': 'success' }
  return {
    ...job,
    main: (inputs: Inputs, during?: StageOptions['during']) => step.main({ ...succeeded, ...inputs }, { during }),
    post: (inputs: Inputs) => step.post({ ...succeeded, ...inputs }),
  }
}
