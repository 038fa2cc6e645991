import { Failure } from '@belay/action-kit'
import { type Client, refusal, type TriggerBody } from './client.ts'
import { brings, type Content, contentOf, type Deploy, isTerminal } from './objects.ts'
import { pause } from './work.ts'

/**
 * What is written down before a deploy is asked for, so that whoever comes later finds it, whatever was heard of it.
 * Times of Render's are compared with times of Render's only.
 */
export interface Asked {
  readonly trigger: 'api' | 'rollback'
  readonly content: Content | undefined
  /** Ids of the deploys that were there before. */
  readonly known: readonly string[]
  /** When the newest of them was made, by Render's clock. */
  readonly newest: string
  /** By this machine's clock, in milliseconds. */
  readonly at: number
}

/**
 * So long after it was asked for a deploy may show up first (docs/research/render-api.md#asking-for-a-deploy). Only after
 * this is one without an answer taken for never accepted.
 */
export const appearsWithinMs = 120_000
const lookEveryMs = 3000

/** Notes what is there before a deploy is asked for. */
export function noteBefore(
  client: Client,
  deploys: readonly Deploy[],
  trigger: Asked['trigger'],
  content: Content | undefined,
): Asked {
  return {
    trigger,
    content,
    known: deploys.map(({ id }) => id),
    newest: deploys[0]?.createdAt ?? '',
    at: client.bounds.clock.now(),
  }
}

/**
 * Asks for one deploy, and for no second one: where the answer is lost it looks for what may have come of it before it
 * asks again. Returns the deploy's id.
 * @param save writes down, before each request, what is needed to find what comes of it; undefined where Render
 *   has certainly not taken it, so that no undo looks for what cannot be
 */
export async function orderOnce(
  client: Client,
  service: string,
  what: { rollbackTo: string } | TriggerBody,
  asked: Asked,
  save: (asked: Asked | undefined) => void,
): Promise<string> {
  for (;;) {
    const now = { ...asked, at: client.bounds.clock.now() }
    save(now)
    const outcome = await client.order(service, what).catch((error: unknown) => {
      if (error instanceof Failure) save(undefined)
      throw error
    })
    if (outcome.kind === 'refused') {
      save(undefined)
      throw refusal(outcome.status, outcome.message)
    }
    const id: unknown = outcome.kind === 'done' ? outcome.value?.id : undefined
    if (typeof id === 'string' && id !== '') return id
    const found = await searchFor(client, service, { ...now, at: client.bounds.clock.now() })
    if (found) return found.id
    // Accepted, and yet nowhere: asking again could be the second.
    if (outcome.kind === 'done') throw lost()
  }
}

function lost(): Failure {
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
export async function searchFor(client: Client, service: string, asked: Asked): Promise<Deploy | undefined> {
  const { clock } = client.bounds
  for (;;) {
    const last = clock.now() >= asked.at + appearsWithinMs
    const found = findAsked(await client.deploys(service), asked)
    if (found || last) return found
    await pause(client.bounds, lookEveryMs)
  }
}

/** Before it has begun a deploy may not tell what it brings; once it is live that is compared. */
function saysNothingYet(deploy: Deploy): boolean {
  return contentOf(deploy) === undefined && !isTerminal(deploy.status)
}

/** The deploy that a request led to; the oldest where there are several. Pure. */
export function findAsked(deploys: readonly Deploy[], { known, newest, trigger, content }: Asked): Deploy | undefined {
  const before = new Set(known)
  return deploys.findLast(
    (deploy) =>
      !before.has(deploy.id) &&
      (newest === '' || Date.parse(deploy.createdAt) >= Date.parse(newest)) &&
      deploy.trigger === trigger &&
      (content === undefined || brings(deploy, content) || saysNothingYet(deploy)),
  )
}
