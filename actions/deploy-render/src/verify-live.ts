import { type Deploy, isTerminal, matchesContent } from './api-objects.ts'
import type { DeployContext } from './context.ts'
import { verifyReleased } from './health-check.ts'
import type { DeployInspection } from './inspection.ts'
import { liveOf, type Plan } from './plan.ts'
import type { SavedDeploys, SavedService } from './saved.ts'
import { stopOthers } from './under-way.ts'

/**
 * Looks once more at all services together: while later groups were deployed, somebody may have replaced what an
 * earlier one had got. Returns a sentence where that is so; what brings the same is taken for ours, once it is well too.
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
  const asked = new Map(inspections.flat().map((inspection) => [inspection.service.id, inspection.requestedName]))
  const sentences = await Promise.all(
    plan.groups.flat().map(async ({ service, content, action, live: before }) => {
      if (action.do === 'nothing' && action.why === 'untouched') return undefined
      const savedService = ours.get(service.id)
      const deploy = savedService?.deployId ?? before?.id ?? ''
      // Another job may have begun the next service of its release, while the ones before it went back.
      const deploys = plan.back
        ? await stopOthers(client, service, { deploy, content }, (text) => step.warn(text))
        : await client.deploys(service.id)
      const live = liveOf(deploys)
      if (live && live.id === (savedService?.deployId ?? before?.id)) return undefined
      if (!live || !content || !matchesContent(live, content))
        return `${service.name}: ${live ? `${live.id} is live instead of what was released` : 'nothing is live any more'}.`
      step.info(`${service.name}: ${live.id}, which brings the same, has taken its place.`)
      if (savedService?.deployId !== undefined) {
        savedService.deployId = live.id
        step.save(saved)
      }
      await verifyReleased(context, asked.get(service.id) ?? service.name, service, content, live)
      return undefined
    }),
  )
  return sentences.find((sentence) => sentence !== undefined)
}

/**
 * Looks, before the next group begins, whether the services before it are still as this step left them: what is built
 * upon them would be released without them. Returns a sentence where one was replaced, or goes back just now.
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
      const back = deploys.find((one) => one.trigger === 'rollback' && !isTerminal(one.status) && !same(one))
      if (back) return `${name}: it goes back just now, by ${back.id}.`
      const live = liveOf(deploys)
      return live && same(live) ? undefined : `${name}: ${live?.id ?? 'nothing'} is live instead of what was released.`
    }),
  )
  return sentences.find((sentence) => sentence !== undefined)
}
