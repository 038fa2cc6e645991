import { brings } from './objects.ts'
import { liveOf, type Plan } from './plan.ts'
import type { Saved } from './saved.ts'
import type { Work } from './work.ts'

/**
 * Looks once more at all services together: while later groups were deployed, somebody may have replaced what an
 * earlier one had got. Returns a sentence where that is so.
 */
export async function lastLook({ client, step }: Work, plan: Plan, saved: Saved): Promise<string | undefined> {
  step.record({ event: 'phase', phase: 'last-look' })
  const ours = new Map(saved.groups.flat().map(({ id, deployId }) => [id, deployId]))
  const sentences = await Promise.all(
    plan.groups.flat().map(async ({ service, content, doing }) => {
      if (doing.do === 'nothing' && doing.why === 'untouched') return undefined
      const live = liveOf(await client.deploys(service.id))
      if (live && (live.id === ours.get(service.id) || (content && brings(live, content)))) return undefined
      return `${service.name}: ${live ? `${live.id} is live instead of what was released` : 'nothing is live any more'}.`
    }),
  )
  return sentences.find((sentence) => sentence !== undefined)
}
