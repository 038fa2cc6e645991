import { checkReleased } from './check.ts'
import type { FullLook } from './look.ts'
import { brings } from './objects.ts'
import { liveOf, type Plan } from './plan.ts'
import type { Saved } from './saved.ts'
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
      const live = liveOf(await client.deploys(service.id))
      const mine = ours.get(service.id)
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
