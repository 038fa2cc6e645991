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

/** The deploy that should be live: this id, or any deploy of the same content. */
export interface Wanted {
  readonly deploy: string
  /** Undefined if Render does not report the content of the deploy. */
  readonly content: DeployContent | undefined
}

/** Whether a deploy is the wanted one, or has the same content. Pure. */
export function isWanted(deploy: Deploy, { deploy: id, content }: Wanted): boolean {
  return deploy.id === id || (content !== undefined && matchesContent(deploy, content))
}

/** The deploys that have not ended and would replace the wanted one once they are live. Pure. */
export function othersUnderWay(deploys: readonly Deploy[], wanted: Wanted): Deploy[] {
  return deploys.filter((deploy) => !isTerminal(deploy.status) && !isWanted(deploy, wanted))
}

/** After this time, in milliseconds, a deploy that cannot be cancelled is left: a later rollback ends after it anyway. */
const stopWithinMs = 60_000
const pollIntervalMs = 2000

/**
 * Cancels deploys that are under way and not wanted, until none is left. Render cannot cancel a deploy that waits behind
 * another: that one is cancelled once it has started. Returns the deploys as they are afterwards.
 * @param warn gets a sentence for each cancelled deploy
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
    await pause(client.deadline, pollIntervalMs)
  }
}

function stopped(other: Deploy): string {
  const content = contentOf(other)
  return `the deploy ${other.id}${content ? ` of ${contentName(content)}` : ''} was under way and was cancelled. It would have replaced the version that is restored.`
}
