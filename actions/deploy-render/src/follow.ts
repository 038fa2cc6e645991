import { Failure } from '@belay/action-kit'
import type { ApiClient } from './api-client.ts'
import { type Deploy, isKnownStatus, isTerminal } from './api-objects.ts'
import { pause } from './deadline.ts'

/** Often while a deploy is young: one of an image takes seconds, a build minutes. */
const pollDelayMs = (ageMs: number) => Math.min(5000, 1000 + ageMs / 12)
/** A deploy that was just made may not be found at once, nor one that was seen, for a moment. */
export const missingToleranceMs = 60_000

export function deployLost(id: string): Failure {
  return new Failure('deploy-lost', `Render does not know the deploy ${id} any more.`, 'look at its dashboard.')
}

/** Asks for a deploy until it has ended, and tells of each change of its status. */
export async function follow(
  client: ApiClient,
  service: string,
  id: string,
  onStatus: (status: string, known: boolean) => void,
): Promise<Deploy> {
  const { clock, random } = client.deadline
  const began = clock.now()
  let seen = began
  let before = ''
  for (;;) {
    const deploy = await client.deploy(service, id)
    if (deploy) seen = clock.now()
    else if (clock.now() - seen > missingToleranceMs) throw deployLost(id)
    if (deploy && deploy.status !== before) {
      before = deploy.status
      onStatus(deploy.status, isKnownStatus(deploy.status))
    }
    if (deploy && isTerminal(deploy.status)) return deploy
    await pause(client.deadline, pollDelayMs(clock.now() - began) * (0.8 + random() * 0.4))
  }
}
