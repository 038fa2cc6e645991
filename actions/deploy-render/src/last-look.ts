import { checkReleased } from './check.ts'
import type { FullLook } from './look.ts'
import { brings, type Deploy, isTerminal } from './objects.ts'
import { liveOf, type Plan } from './plan.ts'
import type { Saved, SavedService } from './saved.ts'
import { stopOthers } from './under-way.ts'
import type { Work } from './work.ts'

/**
 * Looks once more at all services together: while later groups were deployed, somebody may have replaced what an
 * earlier one had got. Returns a sentence where that is so; what brings the same is taken for ours, once it is well too.
 * @throws Failure `check-failed`
 */
export async function lastLook(
  work: Work,
  plan: Plan,
  looks: readonly (readonly FullLook[])[],
  saved: Saved,
): Promise<string | undefined> {
  const { client, step } = work
  step.record({ event: 'phase', phase: 'last-look' })
  const ours = new Map(saved.groups.flat().map((mine) => [mine.id, mine]))
  const asked = new Map(looks.flat().map((look) => [look.service.id, look.asked]))
  const sentences = await Promise.all(
    plan.groups.flat().map(async ({ service, content, doing, live: before }) => {
      if (doing.do === 'nothing' && doing.why === 'untouched') return undefined
      const mine = ours.get(service.id)
      const deploy = mine?.deployId ?? before?.id ?? ''
      // Another job may have begun the next service of its release, while the ones before it went back.
      const deploys = plan.back
        ? await stopOthers(client, service, { deploy, content }, (text) => step.warn(text))
        : await client.deploys(service.id)
      const live = liveOf(deploys)
      if (live && live.id === (mine?.deployId ?? before?.id)) return undefined
      if (!live || !content || !brings(live, content))
        return `${service.name}: ${live ? `${live.id} is live instead of what was released` : 'nothing is live any more'}.`
      step.info(`${service.name}: ${live.id}, which brings the same, has taken its place.`)
      if (mine?.deployId !== undefined) {
        mine.deployId = live.id
        step.save(saved)
      }
      await checkReleased(work, asked.get(service.id) ?? service.name, service, content, live)
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
  { client }: Work,
  groups: readonly (readonly SavedService[])[],
): Promise<string | undefined> {
  const ours = groups.flat().filter(({ deployId }) => deployId !== undefined)
  const sentences = await Promise.all(
    ours.map(async ({ id, name, deployId, content }) => {
      const deploys = await client.deploys(id)
      const same = (deploy: Deploy) => deploy.id === deployId || (content !== undefined && brings(deploy, content))
      const back = deploys.find((one) => one.trigger === 'rollback' && !isTerminal(one.status) && !same(one))
      if (back) return `${name}: it goes back just now, by ${back.id}.`
      const live = liveOf(deploys)
      return live && same(live) ? undefined : `${name}: ${live?.id ?? 'nothing'} is live instead of what was released.`
    }),
  )
  return sentences.find((sentence) => sentence !== undefined)
}
