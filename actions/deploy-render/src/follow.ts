import { Failure } from '@belay/action-kit'
import type { ApiClient } from './api-client.ts'
import { type Deploy, isKnownStatus, isTerminal } from './api-objects.ts'
import { pause } from './deadline.ts'

/** Shorter while a deploy is young: a deploy of an image takes seconds, a build minutes. In milliseconds. */
const pollDelayMs = (ageMs: number) => Math.min(5000, 1000 + ageMs / 12)
/** How long a deploy that exists may be missing in Render's answers, in milliseconds. */
export const missingToleranceMs = 60_000

export function deployLost(id: string): Failure {
  return new Failure(
    'deploy-lost',
    `Render does not know the deploy ${id} any more.`,
    "check the service in Render's dashboard.",
  )
}

/** Polls a deploy until it has ended, and reports each change of its status. @throws Failure `deploy-lost` */
export async function follow(
  client: ApiClient,
  service: string,
  id: string,
  onStatus: (status: string, known: boolean) => void,
): Promise<Deploy> {
  const { clock, random } = client.deadline
  const began = clock.now()
  let lastFound = began
  let before = ''
  for (;;) {
    const deploy = await client.deploy(service, id)
    if (deploy) lastFound = clock.now()
    else if (clock.now() - lastFound > missingToleranceMs) throw deployLost(id)
    if (deploy && deploy.status !== before) {
      before = deploy.status
      onStatus(deploy.status, isKnownStatus(deploy.status))
    }
    if (deploy && isTerminal(deploy.status)) return deploy
    await pause(client.deadline, pollDelayMs(clock.now() - began) * (0.8 + random() * 0.4))
  }
}
