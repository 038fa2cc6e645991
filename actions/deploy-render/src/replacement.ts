import type { ApiClient } from './api-client.ts'
import { type Deploy, isTerminal } from './api-objects.ts'
import { liveOf } from './plan.ts'
import { readReason } from './reason.ts'

/**
 * The deploy that replaced one that ended as `deactivated` or `canceled`; undefined if none did: then it failed or was
 * cancelled by hand.
 */
export async function replacementOf(client: ApiClient, service: string, ended: Deploy): Promise<Deploy | undefined> {
  if (ended.status !== 'deactivated' && ended.status !== 'canceled') return undefined
  const deploys = await client.deploys(service)
  const newer = deploys.filter(
    ({ id, createdAt }) => id !== ended.id && Date.parse(createdAt) >= Date.parse(ended.createdAt),
  )
  if (ended.status === 'deactivated') return liveOf(deploys) ?? newer[0]
  const { newDeploy } = readReason(await client.events(service, ended.createdAt), ended)
  if (newDeploy !== undefined) {
    const named = deploys.find(({ id }) => id === newDeploy)
    if (named) return named
  }
  return newer.find(({ status }) => status === 'live' || !isTerminal(status))
}
