import { createHash } from 'node:crypto'
import { shaOf, signature } from './commit-bodies.ts'
import type { GitHubArtifact, GitHubCommit, GitHubJob, GitHubRun } from './objects.ts'
import { forever, repositoryId, shortRepositoryBody } from './repository-bodies.ts'
import { nodeId, type Site } from './site.ts'

export function runBody(site: Site, run: GitHubRun, commit: GitHubCommit | undefined) {
  const conclusion = run.conclusion === undefined ? 'success' : run.conclusion
  const url = site.inApi(`/actions/runs/${run.id}`)
  const by = signature(commit ?? {})
  return {
    id: run.id,
    name: run.path,
    node_id: nodeId('WorkflowRun', run.id),
    path: run.path,
    display_title: commit?.message.split('\n', 1)[0] ?? '',
    run_number: run.id,
    run_attempt: 1,
    event: run.event ?? 'push',
    status: conclusion === null ? 'in_progress' : 'completed',
    conclusion,
    workflow_id: 3,
    head_sha: run.sha,
    head_branch: run.branch ?? 'main',
    head_commit: {
      id: run.sha,
      tree_id: shaOf(`tree ${run.sha}`),
      message: commit?.message ?? '',
      timestamp: forever,
      author: by,
      committer: by,
    },
    repository: shortRepositoryBody(site, repositoryId),
    head_repository: shortRepositoryBody(site, run.headRepository ?? repositoryId),
    pull_requests: [],
    created_at: forever,
    updated_at: forever,
    run_started_at: forever,
    url,
    html_url: site.page(`/actions/runs/${run.id}`),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: site.inApi(`/check-suites/${run.id}`),
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    workflow_url: site.inApi('/actions/workflows/3'),
  }
}

export function jobsOf({ conclusion, jobs }: GitHubRun): readonly GitHubJob[] {
  return jobs ?? [{ name: 'release', status: conclusion === null ? 'in_progress' : 'completed', runner: 'runner-1' }]
}

export function jobBody(site: Site, run: GitHubRun, { name, status, runner }: GitHubJob, index: number) {
  const id = run.id * 100 + index
  const url = site.inApi(`/actions/jobs/${id}`)
  return {
    id,
    run_id: run.id,
    run_url: site.inApi(`/actions/runs/${run.id}`),
    run_attempt: 1,
    node_id: nodeId('CheckRun', id),
    head_sha: run.sha,
    head_branch: run.branch ?? 'main',
    workflow_name: run.path,
    url,
    html_url: site.page(`/actions/runs/${run.id}/job/${id}`),
    check_run_url: site.inApi(`/check-runs/${id}`),
    status,
    conclusion: status === 'completed' ? 'success' : null,
    created_at: forever,
    started_at: forever,
    completed_at: status === 'completed' ? forever : null,
    name,
    steps: [],
    labels: ['ubuntu-latest'],
    runner_id: runner === undefined ? null : 1,
    runner_name: runner ?? null,
    runner_group_id: runner === undefined ? null : 1,
    runner_group_name: runner === undefined ? null : 'Default',
  }
}

/** An artifact with its zip, and the run that uploaded it where there is one. */
export function artifactBody(
  site: Site,
  artifact: GitHubArtifact & { readonly id: number },
  zip: Buffer,
  run: GitHubRun | undefined,
) {
  const { id } = artifact
  const url = site.inApi(`/actions/artifacts/${id}`)
  return {
    id,
    node_id: nodeId('Artifact', id),
    name: artifact.name,
    size_in_bytes: zip.length,
    url,
    archive_download_url: `${url}/zip`,
    expired: artifact.expired ?? false,
    digest: `sha256:${createHash('sha256').update(zip).digest('hex')}`,
    created_at: forever,
    updated_at: forever,
    expires_at: '2026-04-01T00:00:00Z',
    workflow_run: run
      ? {
          id: run.id,
          repository_id: repositoryId,
          head_repository_id: run.headRepository ?? repositoryId,
          head_branch: run.branch ?? 'main',
          head_sha: run.sha,
        }
      : null,
  }
}
