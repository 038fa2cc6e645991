import type { GitHubDeployment, GitHubStatus } from './objects.ts'
import { accountBody, nodeId, type Site } from './site.ts'

export function deploymentBody(site: Site, { statuses, ...deployment }: GitHubDeployment) {
  const url = deploymentUrl(site, deployment.id)
  return {
    ...deployment,
    url,
    node_id: nodeId('Deployment', deployment.id),
    original_environment: deployment.environment,
    creator: creator(site),
    updated_at: statuses[0]?.created_at ?? deployment.created_at,
    statuses_url: `${url}/statuses`,
    repository_url: site.inApi(''),
    performed_via_github_app: null,
  }
}

export function statusBody(site: Site, deployment: number, status: GitHubStatus) {
  const url = deploymentUrl(site, deployment)
  return {
    ...status,
    url: `${url}/statuses/${status.id}`,
    node_id: nodeId('DeploymentStatus', status.id),
    creator: creator(site),
    target_url: status.log_url,
    updated_at: status.created_at,
    deployment_url: url,
    repository_url: site.inApi(''),
    performed_via_github_app: null,
  }
}

function deploymentUrl(site: Site, id: number): string {
  return site.inApi(`/deployments/${id}`)
}

/** The account that a job's token acts as. */
function creator(site: Site) {
  return accountBody(site, 'github-actions[bot]', 'Bot', 41_898_282)
}
