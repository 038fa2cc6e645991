import { Failure } from '@belay/action-kit'
import { type ApiClient, refusal, type TriggerBody } from './api-client.ts'
import { contentOf, type Deploy, type DeployContent, isTerminal, matchesContent } from './api-objects.ts'
import { pause } from './deadline.ts'

/**
 * Written to the journal before a deploy is requested, so that post finds the deploy even if the answer was lost. Times
 * of Render's clock are compared only with each other.
 */
export interface DeployRequest {
  readonly trigger: 'api' | 'rollback'
  readonly content: DeployContent | undefined
  /** Ids of the deploys that existed before. */
  readonly knownIds: readonly string[]
  /** When the newest of them was created, by Render's clock. */
  readonly newestCreatedAt: string
  /** By this machine's clock, in milliseconds. */
  readonly requestedAtMs: number
}

/**
 * A deploy may first appear this long after its request (docs/research/render-api.md#asking-for-a-deploy). Only then does
 * a request without an answer count as never accepted.
 */
export const appearsWithinMs = 120_000
const pollIntervalMs = 3000

/** Notes which deploys exist before a deploy is requested. */
export function snapshotBefore(
  client: ApiClient,
  deploys: readonly Deploy[],
  trigger: DeployRequest['trigger'],
  content: DeployContent | undefined,
): DeployRequest {
  return {
    trigger,
    content,
    knownIds: deploys.map(({ id }) => id),
    newestCreatedAt: deploys[0]?.createdAt ?? '',
    requestedAtMs: client.deadline.clock.now(),
  }
}

/**
 * Requests one deploy, never a second one: if the answer is lost, it first searches for the deploy and only then requests
 * it again. Returns the deploy's id.
 * @param save writes to the journal, before each request, what is needed to find the deploy; undefined if Render has
 *   certainly not accepted the request, so that undo does not search for it
 * @throws Failure `deploy-lost`
 */
export async function triggerOnce(
  client: ApiClient,
  service: string,
  what: { rollbackTo: string } | TriggerBody,
  request: DeployRequest,
  save: (request: DeployRequest | undefined) => void,
): Promise<string> {
  for (;;) {
    const now: DeployRequest = { ...request, requestedAtMs: client.deadline.clock.now() }
    save(now)
    const outcome = await client.trigger(service, what).catch((error: unknown) => {
      if (error instanceof Failure) save(undefined)
      throw error
    })
    if (outcome.kind === 'refused') {
      save(undefined)
      throw refusal(outcome.status, outcome.message)
    }
    const id: unknown = outcome.kind === 'done' ? outcome.value?.id : undefined
    if (typeof id === 'string' && id !== '') return id
    const found = await awaitTriggered(client, service, { ...now, requestedAtMs: client.deadline.clock.now() })
    if (found) return found.id
    // Accepted but not found: another request could make a second deploy.
    if (outcome.kind === 'done') throw queuedDeployLost()
  }
}

function queuedDeployLost(): Failure {
  return new Failure(
    'deploy-lost',
    `Render queued the deploy behind another one and did not show it within ${appearsWithinMs / 1000} s.`,
    "check the service's deploys in Render's dashboard. If none is running, run this job again.",
  )
}

/**
 * Searches for the deploy of a request until it is found or can no longer appear. It always searches once more after that
 * time, whatever the earlier answers were.
 */
export async function awaitTriggered(
  client: ApiClient,
  service: string,
  request: DeployRequest,
): Promise<Deploy | undefined> {
  const { clock } = client.deadline
  for (;;) {
    const last = clock.now() >= request.requestedAtMs + appearsWithinMs
    const found = findTriggered(await client.deploys(service), request)
    if (found || last) return found
    await pause(client.deadline, pollIntervalMs)
  }
}

/** A deploy may have no content before it starts; its content is compared once it is live. */
function isContentUnknown(deploy: Deploy): boolean {
  return contentOf(deploy) === undefined && !isTerminal(deploy.status)
}

/** The deploy of a request; the oldest one if several match. Pure. */
export function findTriggered(
  deploys: readonly Deploy[],
  { knownIds, newestCreatedAt, trigger, content }: DeployRequest,
): Deploy | undefined {
  const before = new Set(knownIds)
  return deploys.findLast(
    (deploy) =>
      !before.has(deploy.id) &&
      (newestCreatedAt === '' || Date.parse(deploy.createdAt) >= Date.parse(newestCreatedAt)) &&
      deploy.trigger === trigger &&
      (content === undefined || matchesContent(deploy, content) || isContentUnknown(deploy)),
  )
}
