import type { ApiClient } from './api-client.ts'
import {
  contentName,
  contentOf,
  type Deploy,
  type DeployContent,
  isTerminal,
  matchesContent,
  type Service,
} from './api-objects.ts'
import { pause } from './deadline.ts'

/** What a service is to end with: a deploy by its id, or any other that brings the same. */
export interface Wanted {
  readonly deploy: string
  /** Undefined where Render does not say what the deploy brought. */
  readonly content: DeployContent | undefined
}

/** Whether a deploy is the wanted one, or brings the same. Pure. */
export function isWanted(deploy: Deploy, { deploy: id, content }: Wanted): boolean {
  return deploy.id === id || (content !== undefined && matchesContent(deploy, content))
}

/** The deploys that have not ended and would replace what is wanted once they are live. Pure. */
export function othersUnderWay(deploys: readonly Deploy[], wanted: Wanted): Deploy[] {
  return deploys.filter((deploy) => !isTerminal(deploy.status) && !isWanted(deploy, wanted))
}

/** What could not be cancelled for so long is left: a rollback that is asked for later ends after it all the same. */
const stopWithinMs = 60_000
const lookEveryMs = 2000

/**
 * Cancels what is under way and is not wanted, until nothing of it is left. Render takes no cancel of a deploy that
 * waits behind another: that one is cancelled once it has begun. Returns the deploys as they are then.
 * @param warn says what was cancelled
 */
export async function stopOthers(
  client: ApiClient,
  { id, name }: Pick<Service, 'id' | 'name'>,
  wanted: Wanted,
  warn: (text: string) => void,
): Promise<readonly Deploy[]> {
  const { clock } = client.deadline
  const until = clock.now() + stopWithinMs
  for (;;) {
    const deploys = await client.deploys(id)
    const others = othersUnderWay(deploys, wanted)
    if (others.length === 0 || clock.now() >= until) return deploys
    for (const other of others) if (await client.cancel(id, other.id)) warn(`${name}: ${stopped(other)}`)
    await pause(client.deadline, lookEveryMs)
  }
}

function stopped(other: Deploy): string {
  const content = contentOf(other)
  return `the deploy ${other.id}${content ? ` of ${contentName(content)}` : ''} was under way and was cancelled; it would have replaced what is gone back to.`
}
