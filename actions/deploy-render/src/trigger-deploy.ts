import { Failure } from '@belay/action-kit'
import { type ApiClient, refusal, type TriggerBody } from './api-client.ts'
import { contentOf, type Deploy, type DeployContent, isTerminal, matchesContent } from './api-objects.ts'
import { pause } from './deadline.ts'

/**
 * What is written down before a deploy is asked for, so that whoever comes later finds it, whatever was heard of it.
 * Times of Render's are compared with times of Render's only.
 */
export interface DeployRequest {
  readonly trigger: 'api' | 'rollback'
  readonly content: DeployContent | undefined
  /** Ids of the deploys that were there before. */
  readonly knownIds: readonly string[]
  /** When the newest of them was made, by Render's clock. */
  readonly newestCreatedAt: string
  /** By this machine's clock, in milliseconds. */
  readonly requestedAtMs: number
}

/**
 * So long after it was asked for a deploy may show up first (docs/research/render-api.md#asking-for-a-deploy). Only after
 * this is one without an answer taken for never accepted.
 */
export const appearsWithinMs = 120_000
const pollIntervalMs = 3000

/** Notes what is there before a deploy is asked for. */
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
 * Asks for one deploy, and for no second one: where the answer is lost it looks for what may have come of it before it
 * asks again. Returns the deploy's id.
 * @param save writes down, before each request, what is needed to find what comes of it; undefined where Render
 *   has certainly not taken it, so that no undo looks for what cannot be
 */
export async function triggerOnce(
  client: ApiClient,
  service: string,
  what: { rollbackTo: string } | TriggerBody,
  request: DeployRequest,
  save: (request: DeployRequest | undefined) => void,
): Promise<string> {
  for (;;) {
    const now = { ...request, at: client.deadline.clock.now() }
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
    // Accepted, and yet nowhere: asking again could be the second.
    if (outcome.kind === 'done') throw queuedDeployLost()
  }
}

function queuedDeployLost(): Failure {
  return new Failure(
    'deploy-lost',
    `Render queued the deploy behind another one and did not show it within ${appearsWithinMs / 1000} s.`,
    'look at the deploys of the service; when none is running, run this again.',
  )
}

/**
 * Looks for what came of a request until it is found, or could not appear any more. Looks once more after that moment,
 * whatever the answers before it were.
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

/** Before it has begun a deploy may not tell what it brings; once it is live that is compared. */
function isContentUnknown(deploy: Deploy): boolean {
  return contentOf(deploy) === undefined && !isTerminal(deploy.status)
}

/** The deploy that a request led to; the oldest where there are several. Pure. */
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
