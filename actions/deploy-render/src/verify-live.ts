import { type Deploy, isTerminal, matchesContent } from './api-objects.ts'
import type { DeployContext } from './context.ts'
import { verifyReleased } from './health-check.ts'
import type { DeployInspection } from './inspection.ts'
import { liveOf, type Plan } from './plan.ts'
import type { SavedDeploys, SavedService } from './saved.ts'
import { stopOthers } from './under-way.ts'

/**
 * Checks all services once more together: while later groups were deployed, another deploy may have replaced one of an
 * earlier group. Returns a sentence if so. A deploy of the same content counts as ours once it is healthy too.
 * @throws Failure `check-failed`
 */
export async function verifyLive(
  context: DeployContext,
  plan: Plan,
  inspections: readonly (readonly DeployInspection[])[],
  saved: SavedDeploys,
): Promise<string | undefined> {
  const { client, step } = context
  step.record({ event: 'phase', phase: 'verify-live' })
  const ours = new Map(saved.groups.flat().map((saved) => [saved.id, saved]))
  const requestedNames = new Map(
    inspections.flat().map((inspection) => [inspection.service.id, inspection.requestedName]),
  )
  const sentences = await Promise.all(
    plan.groups.flat().map(async ({ service, content, action, live: before }) => {
      if (action.do === 'nothing' && action.why === 'untouched') return undefined
      const savedService = ours.get(service.id)
      const deploy = savedService?.deployId ?? before?.id ?? ''
      // Another job may have started the next service of its release while the earlier ones were rolled back.
      const deploys = plan.back
        ? await stopOthers(client, service, { deploy, content }, (text) => step.warn(text))
        : await client.deploys(service.id)
      const live = liveOf(deploys)
      if (live && live.id === (savedService?.deployId ?? before?.id)) return undefined
      if (!live || !content || !matchesContent(live, content))
        return `${service.name}: ${live ? `${live.id} is live instead of what was released` : 'no deploy is live any more'}.`
      step.info(`${service.name}: the deploy was replaced by ${live.id}, which has the same content.`)
      if (savedService?.deployId !== undefined) {
        savedService.deployId = live.id
        step.save(saved)
      }
      await verifyReleased(context, requestedNames.get(service.id) ?? service.name, service, content, live)
      return undefined
    }),
  )
  return sentences.find((sentence) => sentence !== undefined)
}

/**
 * Checks, before the next group begins, whether the services of the earlier groups are still as this step left them: the
 * next group depends on them. Returns a sentence if one was replaced or is being rolled back.
 */
export async function replacedSince(
  { client }: DeployContext,
  groups: readonly (readonly SavedService[])[],
): Promise<string | undefined> {
  const ours = groups.flat().filter(({ deployId }) => deployId !== undefined)
  const sentences = await Promise.all(
    ours.map(async ({ id, name, deployId, content }) => {
      const deploys = await client.deploys(id)
      const same = (deploy: Deploy) =>
        deploy.id === deployId || (content !== undefined && matchesContent(deploy, content))
      const rollback = deploys.find((one) => one.trigger === 'rollback' && !isTerminal(one.status) && !same(one))
      if (rollback) return `${name}: the deploy ${rollback.id} is rolling it back.`
      const live = liveOf(deploys)
      return live && same(live)
        ? undefined
        : `${name}: ${live?.id ?? 'no deploy'} is live instead of what was released.`
    }),
  )
  return sentences.find((sentence) => sentence !== undefined)
}
