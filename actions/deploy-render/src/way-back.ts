import { contentOf, type Deploy, type DeployContent } from './api-objects.ts'
import { pauseAutoDeploy } from './auto-deploy.ts'
import type { DeployContext } from './context.ts'
import { liveOf } from './plan.ts'
import type { ServiceDeploy } from './service-deploy.ts'
import { snapshotBefore, triggerOnce } from './trigger-deploy.ts'
import { isWanted, othersUnderWay, stopOthers, type Wanted } from './under-way.ts'

function versionOf(content: DeployContent | undefined): string {
  if (content === undefined) return ''
  return 'commit' in content ? content.commit : content.image
}

/** What the end of the job tells of it: which version serves again, and which one it goes back from. */
function noteMove(
  { step, inputs }: DeployContext,
  { planned: { service, content } }: ServiceDeploy,
  live: Deploy | undefined,
): void {
  const owner = inputs.release.service
  const chosen = step.journal.read().chosen.findLast((one) => one.service === owner)?.release
  const named = chosen !== undefined && chosen.sha === versionOf(content)
  const to = named ? { version: chosen.version, release: chosen.id } : { version: versionOf(content), release: '' }
  const before = live && contentOf(live)
  const from = { version: versionOf(before), release: '' }
  const target = { name: `${service.name} on Render`, service: owner, move: { from, to, back: true as const } }
  step.journal.append({ step: step.id, event: 'moved', targets: [target] })
}

/**
 * Begins the way back of one service: what is under way is stopped first, or it would end after the way back. Then the
 * wanted deploy is asked for, unless it is live.
 * @returns `live` where nothing was asked for, `asked`, or a sentence where something else has overtaken it
 */
export async function startWayBack(
  work: DeployContext,
  place: ServiceDeploy,
  deploy: string,
): Promise<'live' | 'asked' | string> {
  const { client, step } = work
  const { planned, saved: mine, save } = place
  const { service, content } = planned
  const wanted: Wanted = { deploy, content }
  const warn = (text: string) => step.warn(text)
  if (mine.autoDeploy) await pauseAutoDeploy(mine, client, warn, 'what it goes back from.')
  const deploys = await stopOthers(client, service, wanted, warn)
  const live = liveOf(deploys)
  // What was under way when this began may be live by now, and is what it goes back from. What came later is not.
  if (
    live &&
    live.id !== planned.live?.id &&
    !isWanted(live, wanted) &&
    !planned.deploys.some(({ id }) => id === live.id)
  )
    return `${service.name}: ${live.id} went live meanwhile.`
  if (live && isWanted(live, wanted) && othersUnderWay(deploys, wanted).length === 0) return 'live'
  if (planned.action.do === 'stop' && mine.pinnedByDisk)
    return `${service.name}: another deploy could not be stopped, and it has a disk and is not named in undo-disks.`
  noteMove(work, place, live)
  const asked = snapshotBefore(client, deploys, 'rollback', content)
  mine.deployId = await triggerOnce(client, service.id, { rollbackTo: deploy }, asked, (now) => {
    mine.request = now
    save()
  })
  save()
  return 'asked'
}
