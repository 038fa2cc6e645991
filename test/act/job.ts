import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Fixture, type JobStep, root, shaOf } from '../support/fixture.ts'
import { pathOf } from './log.ts'
import { exportActions, writeDownloadArtifact, writeRunnerTestAction } from './repositories.ts'
import { type ActRun, runUnderAct } from './run.ts'

/** A job under act that released to the hosts of a fixture. */
export interface ActJob extends ActRun {
  /** What the job after it read of its result: `success` or `failure`; undefined where act did not start that one. */
  readonly conclusion: string | undefined
  /** The job's output `result` (`env.BELAY_RESULT`), likewise. */
  readonly result: string | undefined
  /** The last BELAY_RESULT that a step wrote to GITHUB_ENV. */
  readonly belay: string | undefined
  /** The steps whose posts ran, in that order: `step`, `step/nested`. */
  readonly posts: readonly string[]
  /** What `job.status` was in the post of each runner test action. */
  readonly saw: Readonly<Record<string, string>>
}

export interface ActJobOptions {
  /** Cancels the job as soon as this step has printed something. */
  readonly cancelAt?: string
  readonly vars?: Readonly<Record<string, string>>
  readonly secrets?: Readonly<Record<string, string>>
}

/**
 * Prepares to run jobs under act that release to the hosts of a fixture. `vars.BELAY_HOSTS`, `vars.BELAY_KNOWN_HOSTS` and
 * `secrets.SSH_KEY` are the fixture's; everything that is written is removed with it. `apiUrl`: of a fake GitHub.
 */
export function openAct(
  fixture: Fixture,
  apiUrl: string,
): (version: string, steps: JobStep[], options?: ActJobOptions) => Promise<ActJob> {
  const repositories = {
    ...exportActions(root, join(fixture.folder, 'belay')),
    ...writeDownloadArtifact(root, join(fixture.folder, 'download-artifact')),
    ...writeRunnerTestAction(join(fixture.folder, 'runner-test')),
  }
  let runs = 0

  return async (version, steps, { cancelAt, vars, secrets } = {}) => {
    const number = ++runs
    const workDir = join(fixture.folder, `a${number}`)
    mkdirSync(workDir)
    const run = await runUnderAct({
      workflow: stringify(workflowOf(steps)),
      repository: 'acme/acme',
      repositories,
      sha: shaOf(version),
      runId: String(2000 + number),
      apiUrl,
      workDir,
      nodeFolder: join(root, 'node_modules/.bin'),
      vars: {
        BELAY_HOSTS: fixture.hosts.map(({ target }) => target).join('\n'),
        BELAY_KNOWN_HOSTS: fixture.hosts.map(({ knownHosts }) => knownHosts).join('\n'),
        ...vars,
      },
      secrets: { SSH_KEY: fixture.privateKey, ...secrets },
      onLine(line, { cancel }) {
        if (cancelAt !== undefined && line.raw_output && pathOf(line) === cancelAt) cancel()
      },
    })
    return { ...run, ...toldBy(run) }
  }
}

/** The job, and another one that reads what became of it. */
function workflowOf(steps: JobStep[]): object {
  const env = { CONCLUSION: '${{ needs.release.result }}', RESULT: '${{ needs.release.outputs.result }}' }
  const hears = { id: 'hears', if: 'always()', run: 'echo "$CONCLUSION $RESULT"', env }
  const job = { 'runs-on': 'ubuntu-latest' }
  return {
    name: 'under act',
    on: 'push',
    jobs: {
      release: { ...job, outputs: { result: '${{ env.BELAY_RESULT }}' }, steps },
      after: { ...job, needs: 'release', if: 'always()', steps: [hears] },
    },
  }
}

function toldBy({ stages }: ActRun): Omit<ActJob, keyof ActRun> {
  const [conclusion, result] =
    stages
      .find(({ path }) => path === 'after/hears')
      ?.log.trim()
      .split(' ') ?? []
  const belay = stages.flatMap(({ env }) => env.BELAY_RESULT ?? []).at(-1)
  const posts = stages
    .filter(({ stage }) => stage === 'Post')
    .map(({ path, log }) => ({ step: path.replace(/^release\//, ''), status: /^post saw (\w+)$/m.exec(log)?.[1] }))
  const saw = Object.fromEntries(posts.flatMap(({ step, status }) => (status ? [[step, status]] : [])))
  return { conclusion, result, belay, posts: posts.map(({ step }) => step), saw }
}
