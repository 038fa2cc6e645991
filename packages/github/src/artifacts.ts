import { mkdirSync, rmSync } from 'node:fs'
import { Failure } from '@belay/action-kit'
import type { components } from '@octokit/openapi-types'
import type { GitHub } from './client.ts'
import { assertShape } from './failure.ts'
import { unzip } from './unzip.ts'

/** A run of QA's workflow that verified a commit. */
export interface QaRun {
  readonly id: number
  readonly url: string
  readonly branch: string
}

/** The result of QA for a commit. */
export type QaResult =
  | { readonly found: 'artifact'; readonly run: QaRun; readonly artifact: Artifact }
  /** QA verified the commit, and its artifact is past its retention, or never existed. */
  | { readonly found: 'run'; readonly run: QaRun; readonly expired: boolean }
  /** `why` says what was found instead, such as a run that failed or still runs. */
  | { readonly found: 'nothing'; readonly why: string }

export interface Artifact {
  readonly id: number
  readonly name: string
  /** `sha256:…` of the zip, as GitHub measured it at the upload. */
  readonly digest: string
}

type WorkflowRun = components['schemas']['workflow-run']

/**
 * Finds the artifact that QA verified for a commit: of a successful run of exactly this workflow file, for exactly this
 * commit, started by a push to this repository's default branch or a branch below `release/`. Pull requests of forks
 * upload artifacts into this repository too, under any name (docs/research/github.md#artifacts).
 * @param workflow `.github/workflows/qa.yml`
 */
export async function findQaResult(
  github: GitHub,
  wanted: { workflow: string; sha: string; artifact: string; repositoryId: number; defaultBranch: string },
): Promise<QaResult> {
  const { workflow_runs } = await github.ask(({ rest }, repository) =>
    rest.actions.listWorkflowRunsForRepo({ ...repository, head_sha: wanted.sha, event: 'push', per_page: 100 }),
  )
  assertShape(Array.isArray(workflow_runs), 'the list of workflow runs')
  const own = workflow_runs.filter((run) => isTrustedRun(run, wanted))
  const good = own.filter(({ status, conclusion }) => status === 'completed' && conclusion === 'success')
  if (good.length === 0) return { found: 'nothing', why: describeMissing(own, wanted) }
  let last: QaResult = { found: 'nothing', why: '' }
  for (const { id, html_url, head_branch } of good) {
    const run = { id, url: html_url, branch: head_branch ?? '' }
    const { artifacts } = await github.ask(({ rest }, repository) =>
      rest.actions.listWorkflowRunArtifacts({ ...repository, run_id: id, name: wanted.artifact, per_page: 100 }),
    )
    assertShape(Array.isArray(artifacts), 'the list of artifacts')
    const named = artifacts.filter(({ name }) => name === wanted.artifact)
    const there = named.find(({ expired, digest }) => !expired && digest)
    if (there)
      return { found: 'artifact', run, artifact: { id: there.id, name: there.name, digest: String(there.digest) } }
    last = { found: 'run', run, expired: named.some(({ expired }) => expired) }
  }
  return last
}

function isTrustedRun(
  run: WorkflowRun,
  wanted: { workflow: string; sha: string; repositoryId: number; defaultBranch: string },
) {
  return (
    run.path.replace(/@.*$/, '') === wanted.workflow &&
    run.event === 'push' &&
    run.head_sha === wanted.sha &&
    run.head_repository?.id === wanted.repositoryId &&
    (run.head_branch === wanted.defaultBranch || (run.head_branch ?? '').startsWith('release/'))
  )
}

function describeMissing(own: readonly WorkflowRun[], { workflow, sha }: { workflow: string; sha: string }): string {
  const [newest] = own
  if (!newest)
    return `${workflow} never ran for a push of ${sha.slice(0, 12)} to the default branch or a branch below release/`
  const state = newest.status === 'completed' ? `ended as ${newest.conclusion}` : `is ${newest.status}`
  return `its run for ${sha.slice(0, 12)} ${state}: ${newest.html_url}`
}

/**
 * Downloads an artifact, compares it with its digest, and unpacks it into `folder`, which is created anew.
 * @throws Failure `artifact-changed` where it differs from the upload, `artifact-unwritable`, and what `unzip` throws
 */
export async function downloadArtifact(
  github: GitHub,
  { id, name, digest }: Artifact,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  recreateFolder(folder)
  const file = `${folder}.zip`
  try {
    const sha256 = await github.saveArtifact(id, file)
    if (digest !== `sha256:${sha256}`)
      throw new Failure(
        'artifact-changed',
        `The artifact ${name} (${id}) has the digest sha256:${sha256}, but was uploaded with ${digest}.`,
        'do not release it; run QA again for this commit.',
      )
    await unzip(file, folder, name, signal)
  } finally {
    rmSync(file, { force: true })
  }
}

function recreateFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
    // Releases from here keep this mode: the service's user must be able to enter the folder.
    mkdirSync(folder, { recursive: true, mode: 0o755 })
  } catch (error) {
    throw new Failure(
      'artifact-unwritable',
      `The folder ${folder} could not be created: ${(error as NodeJS.ErrnoException).code}.`,
      'free space on the disk of this runner, or run the job again.',
    )
  }
}
