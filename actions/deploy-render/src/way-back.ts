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

/** Records for the job's report which version serves again and which one it replaces. */
function recordMove(
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
  step.record({ event: 'moved', targets: [target] })
}

/**
 * Starts the rollback of one service. Deploys under way are cancelled first, because they would end after the rollback.
 * Then the rollback to the wanted deploy is requested, unless that is live.
 * @returns `live` if no rollback was needed, `requested`, or a sentence if another deploy has superseded it
 */
export async function startWayBack(
  context: DeployContext,
  serviceDeploy: ServiceDeploy,
  deploy: string,
): Promise<'live' | 'requested' | string> {
  const { client, step } = context
  const { planned, saved, save } = serviceDeploy
  const { service, content } = planned
  const wanted: Wanted = { deploy, content }
  const warn = (text: string) => step.warn(text)
  if (saved.autoDeploy) await pauseAutoDeploy(saved, client, warn, 'the version that is rolled back.')
  const deploys = await stopOthers(client, service, wanted, warn)
  const live = liveOf(deploys)
  // A deploy that was under way at the start may be live now; it is rolled back as well. A later one is not.
  if (
    live &&
    live.id !== planned.live?.id &&
    !isWanted(live, wanted) &&
    !planned.deploys.some(({ id }) => id === live.id)
  )
    return `${service.name}: ${live.id} went live while this step was running.`
  if (live && isWanted(live, wanted) && othersUnderWay(deploys, wanted).length === 0) return 'live'
  if (planned.action.do === 'stop' && saved.pinnedByDisk)
    return `${service.name}: another deploy could not be cancelled. The service has a disk and is not named in undo-disks, so it is not rolled back.`
  recordMove(context, serviceDeploy, live)
  const before = snapshotBefore(client, deploys, 'rollback', content)
  saved.deployId = await triggerOnce(client, service.id, { rollbackTo: deploy }, before, (now) => {
    saved.request = now
    save()
  })
  save()
  return 'requested'
}
