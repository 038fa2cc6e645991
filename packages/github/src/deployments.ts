import type { TagsBefore } from '@belay/release-model'
import type { components } from '@octokit/openapi-types'
import type { GitHub } from './client.ts'
import { isSha } from './commits.ts'
import { assertShape, GitHubError } from './failure.ts'

/** What Belay stores of a release outside the runner, in the payload of its deployment. Holds no secret. */
export interface DeploymentPayload {
  readonly service: string
  readonly release: string
  readonly version: string
  readonly sha: string
  /** Run and attempt that made it: `4711/1`. */
  readonly run: string
  /** What was live before it, by GitHub's deployments. */
  readonly previous: { readonly release: string; readonly version: string; readonly sha: string } | undefined
  /** What cannot roll back on its own: the deploys that were live at Render; absent where nothing is released there. */
  readonly render?: {
    /** What was live when this run began, for the aftercare of a lost run. */
    readonly before: readonly LiveDeploy[]
    /** What was live at Render with `previous`: a rollback goes to it. */
    readonly former: readonly LiveDeploy[]
  }
  /** What was live in a cluster, which restores nothing on its own either; absent where nothing is released to one. */
  readonly kubernetes?: { readonly namespace: string } & Partial<LiveInNamespace>
  /** The digests of the registry's tags when this run began; absent where a promotion moves no existing tag. */
  readonly tags?: TagsBefore | undefined
  /** The release's Slack message. */
  readonly slack: { readonly channel: string; readonly ts: string } | undefined
  /** How to check what serves: the gate's URLs, and after how many seconds unconfirmed hosts have rolled back. */
  readonly look:
    | { readonly urls: readonly string[]; readonly versionFrom: string; readonly confirmSeconds: number }
    | undefined
}

/** A service at Render, and the deploy that was live there; `deploy` and `commit` are empty where there was none. */
export interface LiveDeploy {
  readonly id: string
  readonly name: string
  /** Its page in Render's dashboard. */
  readonly url: string
  readonly deploy: string
  readonly commit: string
}

/** What a service was in a namespace: names, revisions and images. The whole of it lies in the cluster. */
export interface LiveInNamespace {
  /** The Lease that is lock and record. What undoes a release that was left open lies beside it. */
  readonly lease: string
  /** The last committed one; empty where there was none. */
  readonly release: string
  readonly workloads: readonly LiveWorkload[]
}

/** A workload, its controller's word for its template (empty where its kind has none), and the image of each container. */
export interface LiveWorkload {
  readonly kind: string
  readonly name: string
  readonly revision: string
  readonly images: Readonly<Record<string, string>>
}

export type DeploymentState = components['schemas']['deployment-status']['state']

/** A deployment of Belay's. */
export interface BelayDeployment {
  readonly id: number
  readonly payload: DeploymentPayload
  readonly createdAt: string
}

/** The newest status of a deployment. */
export interface DeploymentStatus {
  readonly id: number
  readonly state: DeploymentState
  readonly created_at: string
}

/** How many deployments are searched for the live one. */
const maxListed = 100

/** Belay's deployments of a service in an environment, newest first. */
export async function listDeployments(
  github: GitHub,
  environment: string,
  service: string,
): Promise<BelayDeployment[]> {
  const task = taskOf(service)
  const listed = await github.ask(({ rest }, repository) =>
    rest.repos.listDeployments({ ...repository, environment, task, per_page: maxListed }),
  )
  assertShape(Array.isArray(listed), 'the list of deployments')
  return listed.flatMap(({ id, payload, created_at }) => {
    const ours = payloadOf(payload)
    return ours?.service === service ? [{ id, payload: ours, createdAt: created_at }] : []
  })
}

/** Each service has its own task: several may share an environment. */
function taskOf(service: string): string {
  return `deploy:${service}`
}

/** The payload is an object, or JSON as text. Any author is possible. */
function payloadOf(payload: unknown): DeploymentPayload | undefined {
  const value = typeof payload === 'string' ? parse(payload) : payload
  const ours = (value as { belay?: DeploymentPayload } | null)?.belay
  const whole = ours && [ours.service, ours.release, ours.version, ours.sha].every((text) => typeof text === 'string')
  return whole && isSha(ours.sha) ? ours : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * How many statuses are requested at once, from the newest on until one is `success`, and how many at most. A job's token
 * has a thousand requests an hour for the whole repository.
 */
const batchSize = 5
const maxAsked = 30

/**
 * Finds what is live: of the newest deployments whose last status is `success`, the one that got it last. The creation
 * order says nothing about releases that were in progress at the same time: they wait for each other.
 * @returns also the other ones whose status is still `success`, which a new success ends
 */
export async function findLive(
  github: GitHub,
  deployments: readonly BelayDeployment[],
): Promise<{ live: BelayDeployment | undefined; all: BelayDeployment[] }> {
  for (let from = 0; from < Math.min(deployments.length, maxAsked); from += batchSize) {
    const some = deployments.slice(from, from + batchSize)
    const seen = await Promise.all(
      some.map(async (deployed) => ({ deployed, status: await newestStatus(github, deployed.id) })),
    )
    const good = seen
      .filter(({ status }) => status?.state === 'success')
      .toSorted((a, b) => (b.status?.id ?? 0) - (a.status?.id ?? 0))
      .map(({ deployed }) => deployed)
    if (good.length > 0) return { live: good[0], all: good }
  }
  return { live: undefined, all: [] }
}

/** Whether a deployment ever had the status `success`, whatever it has now. */
export async function wasLive(github: GitHub, id: number): Promise<boolean> {
  return (await statusesOf(github, id, 100)).some(({ state }) => state === 'success')
}

/** The last deployment that a run made for the service, in any attempt, unless it was ended. */
export async function findDeploymentOfRun(
  github: GitHub,
  deployments: readonly BelayDeployment[],
  runId: string,
): Promise<BelayDeployment | undefined> {
  const mine = deployments.find(({ payload }) => payload.run.split('/')[0] === runId)
  const status = mine && (await newestStatus(github, mine.id))
  return status === undefined || ['in_progress', 'queued', 'pending'].includes(status.state) ? mine : undefined
}

async function newestStatus(github: GitHub, id: number): Promise<DeploymentStatus | undefined> {
  return (await statusesOf(github, id, 1))[0]
}

/** The newest statuses of a deployment, newest first. */
async function statusesOf(github: GitHub, id: number, count: number): Promise<readonly DeploymentStatus[]> {
  const statuses = await github.ask(({ rest }, repository) =>
    rest.repos.listDeploymentStatuses({ ...repository, deployment_id: id, per_page: count }),
  )
  assertShape(Array.isArray(statuses), 'the list of statuses')
  return statuses
}

/**
 * Creates the one deployment of a release, in progress. GitHub is asked not to merge the default branch into it, which
 * would answer without a deployment, and not to wait for checks (docs/research/github.md#deployments).
 */
export async function createDeployment(
  github: GitHub,
  environment: string,
  payload: DeploymentPayload,
  logUrl: string,
): Promise<BelayDeployment> {
  const made = await createOnce(github, environment, payload)
  await setStatus(github, made.id, 'in_progress', 'In progress.', { environment, logUrl })
  return made
}

/** Where the answer was lost, the deployment may exist: it is searched for, so that it is not made twice. */
async function createOnce(github: GitHub, environment: string, payload: DeploymentPayload): Promise<BelayDeployment> {
  const body = {
    ref: payload.sha,
    task: taskOf(payload.service),
    auto_merge: false,
    required_contexts: [],
    environment,
    production_environment: environment.startsWith('production'),
    description: describe(`${payload.service} ${payload.version}`),
    payload: { belay: { ...payload } },
  }
  try {
    const made = await github.ask(({ rest }, repository) => rest.repos.createDeployment({ ...repository, ...body }))
    assertShape('id' in made && Number.isInteger(made.id), 'the id of the deployment')
    return { id: made.id, payload, createdAt: made.created_at }
  } catch (error) {
    if (error instanceof GitHubError && error.status >= 400 && error.status < 500) throw error
    const listed = await listDeployments(github, environment, payload.service)
    // The live release may be released again, under its own id: only the run distinguishes the two.
    const stands = listed.find(({ payload: { release, run } }) => release === payload.release && run === payload.run)
    if (stands) return stands
    throw error
  }
}

/**
 * Adds a status. `auto_inactive` is off, as it would end the deployments of other services in the same environment.
 */
export async function setStatus(
  github: GitHub,
  id: number,
  state: DeploymentState,
  description: string,
  { environment, logUrl }: { environment: string; logUrl: string },
): Promise<void> {
  const body = { state, description: describe(description), environment, log_url: logUrl, auto_inactive: false }
  const request = { repeatable: true }
  await github.ask(({ rest }, repository) =>
    rest.repos.createDeploymentStatus({ ...repository, deployment_id: id, ...body, request }),
  )
}

/** A description of 140 characters at most: GitHub refuses a longer one. */
export function describe(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const characters = [...line]
  return characters.length <= 140 ? line : `${characters.slice(0, 139).join('')}…`
}
