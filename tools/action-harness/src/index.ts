/**
 * Runs the bundles of actions as GitHub's runner runs them, without a workflow: for tests of one action, or of a few
 * that share a job. A whole workflow is run by `@belay/workflow-runner`.
 *
 * ```ts
 * const job = openJob({ env: { GITHUB_SHA: sha } })
 * const step = job.step('deploy-render')
 * const main = await step.main({ service: 'api', 'api-key': key })
 * expect([main.exit, main.outputs['failure-code']], main.log).toEqual([0, ''])
 * const post = await step.post({ service: 'api', 'api-key': key, 'job-status': 'failure' })
 * expect(post.environment.BELAY_RESULT).toBe('rolled-back')
 * job.close()
 * ```
 *
 * - **A job** is one `RUNNER_TEMP` for all its steps. What a stage writes to `GITHUB_ENV`, later stages of the job have in
 *   their environment. `close()` removes the folder.
 * - **A step** is one use of an action: a folder below `actions/`, such as `release/plan`, or the paths of two scripts. One
 *   name is one step: its post gets the state (`STATE_…`) that its last main wrote.
 * - **A stage**, `main` or `post`, is one process: `dist/index.js` or `dist/post.js`. It has the command files of the runner
 *   (`GITHUB_OUTPUT`, `GITHUB_STATE`, `GITHUB_ENV`, `GITHUB_STEP_SUMMARY`), new ones each time, and inputs as `INPUT_…`.
 *   Nothing is filled in from `action.yml`: a test passes every input that it wants, `job-status` too.
 * - **The environment** is that of the job's `env`, and not that of the tests, but for `PATH`. `defaultEnvironment` has what
 *   every runner sets. What is given for one stage wins over the job's, and the job's over the default.
 * - **How a stage ended** is `exit`; a signal that ended it counts as a shell counts it, 128 + its number, so `SIGKILL` is
 *   137. A stage that does not end within `timeoutMs` (100 s) is killed.
 * - **What a broken command file is** to the runner, it is here: an error, unless the process was killed while it wrote.
 *
 * The bundles must have been built (`npm run build`), so tests with this package are integration tests.
 */
export type { Annotation } from './annotations.ts'
export { defaultEnvironment, type Job, type JobOptions, openJob } from './job.ts'
export type { Inputs, Scripts, Stage, StageOptions, StartedStage } from './stage.ts'
export type { Step } from './step.ts'
