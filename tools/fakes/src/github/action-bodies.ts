import { createHash } from 'node:crypto'
import { shaOf, signature } from './commit-bodies.ts'
import type { GitHubArtifact, GitHubCommit, GitHubRun } from './objects.ts'
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
