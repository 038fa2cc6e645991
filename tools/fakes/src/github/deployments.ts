import { type GitHubAnswer, type GitHubRequest, invalid, lengthOf, notFound, pageOf, refused } from './answers.ts'
import { deploymentBody, statusBody } from './deployment-bodies.ts'
import type { GitHubDeployment, GitHubStatus } from './objects.ts'
import type { Site } from './site.ts'

/** What deployments need to know of the repository that they are of. */
export interface Commits {
  /** The sha of what a ref names. */
  resolve(ref: string): string | undefined
  isBehindMain(sha: string): boolean
}

const tooLong = 'description is too long (maximum is 140 characters)'

/** The deployments of a repository, newest first. */
export function makeDeployments({ resolve, isBehindMain }: Commits, site: () => Site, now: () => Date) {
  const deployments: GitHubDeployment[] = []
  let nextId = 1

  function list(request: GitHubRequest): GitHubAnswer {
    const { query } = request
    const some = deployments.filter(
      (one) =>
        (query.get('environment') ?? one.environment) === one.environment &&
        (query.get('task') ?? one.task) === one.task &&
        (query.get('sha') ?? one.sha) === one.sha &&
        (query.get('ref') ?? one.ref) === one.ref,
    )
    const { items, lastPage } = pageOf(some, request)
    return { status: 200, body: items.map((one) => deploymentBody(site(), one)), lastPage }
  }

  function create({ body }: GitHubRequest): GitHubAnswer {
    if (typeof body.ref !== 'string') return invalid('Deployment', 'ref', '"ref" wasn\'t supplied.')
    const sha = resolve(body.ref)
    if (sha === undefined) return invalid('Deployment', 'ref', `No ref found for: ${body.ref}`)
    if (lengthOf(body.description) > 140) return invalid('Deployment', 'description', tooLong)
    // What is behind the default branch is merged, unless that is turned off: no deployment comes of it.
    if (body.auto_merge !== false && isBehindMain(sha))
      return { status: 202, body: { message: `Auto-merged main into ${body.ref} on deployment.` } }
    if (body.required_contexts === undefined) return refused(409, 'Conflict: Commit status checks failed for main.')
    const environment = String(body.environment ?? 'production')
    const made: GitHubDeployment = {
      id: 5000 + nextId++,
      sha,
      ref: body.ref,
      task: String(body.task ?? 'deploy'),
      environment,
      payload: body.payload ?? '',
      description: String(body.description ?? ''),
      production_environment: Boolean(body.production_environment ?? environment === 'production'),
      transient_environment: Boolean(body.transient_environment),
      created_at: now().toISOString(),
      statuses: [],
    }
    deployments.unshift(made)
    return { status: 201, body: deploymentBody(site(), made) }
  }

  function createStatus(id: number, { body }: GitHubRequest): GitHubAnswer {
    const deployment = deployments.find((one) => one.id === id)
    if (!deployment) return notFound
    const states = ['error', 'failure', 'inactive', 'in_progress', 'queued', 'pending', 'success']
    if (!states.includes(String(body.state)))
      return invalid('DeploymentStatus', 'state', `${String(body.state)} is not a valid state`)
    if (lengthOf(body.description) > 140) return invalid('DeploymentStatus', 'description', tooLong)
    const status = statusOf(deployment, body)
    add(deployment, status)
    if (status.state === 'success' && body.auto_inactive !== false) endOthers(deployment)
    return { status: 201, body: statusBody(site(), id, status) }
  }

  function statusOf(deployment: GitHubDeployment, body: Record<string, unknown>): GitHubStatus {
    return {
      id: 7000 + nextId++,
      state: String(body.state),
      description: String(body.description ?? ''),
      environment: String(body.environment ?? deployment.environment),
      log_url: String(body.log_url ?? ''),
      created_at: now().toISOString(),
    }
  }

  function add(deployment: GitHubDeployment, status: GitHubStatus): void {
    deployments[deployments.indexOf(deployment)] = { ...deployment, statuses: [status, ...deployment.statuses] }
  }

  /** Only where it is neither production nor transient, and whatever service it was for. */
  function endOthers(deployment: GitHubDeployment): void {
    for (const other of [...deployments]) {
      const same = other.environment === deployment.environment && other.id !== deployment.id
      if (!same || other.production_environment || other.transient_environment) continue
      if (other.statuses[0]?.state === 'success') add(other, statusOf(other, { state: 'inactive' }))
    }
  }

  function listStatuses(id: number, request: GitHubRequest): GitHubAnswer {
    const found = deployments.find((deployment) => deployment.id === id)
    if (!found) return notFound
    const { items, lastPage } = pageOf(found.statuses, request)
    return { status: 200, body: items.map((one) => statusBody(site(), id, one)), lastPage }
  }

  return { list, create, listStatuses, createStatus, all: () => [...deployments] }
}
