import { Failure, Interrupted, messageOf } from '@belay/action-kit'
import { printable } from '@belay/probe'
import { openClient } from './api-client.ts'
import { contentName, contentOf, type Deploy, matchesContent } from './api-objects.ts'
import type { DeployContext } from './context.ts'
import { follow } from './follow.ts'
import { verifyReleased } from './health-check.ts'
import { changedVariables } from './inspection.ts'
import { liveOf, rechooseAction } from './plan.ts'
import { failedPhase, maskedLogLines, readReason } from './reason.ts'
import { replacementOf } from './replacement.ts'
import { digestOf, seal } from './saved.ts'
import type { ServiceDeploy } from './service-deploy.ts'
import { snapshotBefore, triggerOnce } from './trigger-deploy.ts'
import { startWayBack } from './way-back.ts'

/**
 * Releases the services of a group at the same time. Returns a sentence where another deploy has overtaken one.
 * @throws the first failure, once the others have stopped
 */
export async function releaseGroup(
  context: DeployContext,
  serviceDeploys: readonly ServiceDeploy[],
): Promise<string | undefined> {
  const stop = new AbortController()
  const { deadline } = context.client
  const signal = AbortSignal.any([deadline.signal, stop.signal])
  const client = openClient(context.dependencies.transport(context.inputs.api), { ...deadline, signal })
  const failures: unknown[] = []
  const supersededBy = await Promise.all(
    serviceDeploys.map((serviceDeploy) =>
      releaseService({ ...context, client }, serviceDeploy).catch((error: unknown) => {
        failures.push(error)
        stop.abort()
        return undefined
      }),
    ),
  )
  if (failures.length > 0) throw failures[0]
  return supersededBy.find((sentence) => sentence !== undefined)
}

async function releaseService(context: DeployContext, serviceDeploy: ServiceDeploy): Promise<string | undefined> {
  const { planned, report } = serviceDeploy
  if (planned.action.do === 'nothing') return undefined
  const { clock } = context.dependencies
  const began = clock.now()
  try {
    const { action: doing } = planned
    if (doing.do === 'rollback' || doing.do === 'stop') return await goBack(context, serviceDeploy, doing.deploy)
    const supersededBy = await startDeploy(context, serviceDeploy)
    if (supersededBy) return supersededBy
    return await followDeploy(context, serviceDeploy)
  } catch (error) {
    throw withServiceName(planned.service.name, error)
  } finally {
    report.seconds = Math.round((clock.now() - began) / 1000)
  }
}

async function goBack(work: DeployContext, place: ServiceDeploy, deploy: string): Promise<string | undefined> {
  const { planned, inspection: look, report } = place
  recordPhase(work, place, 'trigger')
  const begun = await startWayBack(work, place, deploy)
  if (begun === 'asked') return followDeploy(work, place)
  if (begun !== 'live') return begun
  const live = liveOf(await work.client.deploys(planned.service.id))
  if (!live) return `${planned.service.name}: nothing is live any more.`
  Object.assign(report, { deploy: live.id, status: live.status })
  recordPhase(work, place, 'check')
  report.verified = await verifyReleased(work, look.requestedName, planned.service, planned.content, live)
  return undefined
}

/** A failure of Render's whole API says of which service it was, where several are under way. */
function withServiceName(name: string, error: unknown): unknown {
  if (!(error instanceof Failure) || error instanceof Interrupted || error.message.includes(name)) return error
  return new Failure(error.code, `${name}: ${error.message}`, undefined, { cause: error })
}

/** Compares with what was planned, sets variables, and has the deploy made or joins the one that is there. */
async function startDeploy(context: DeployContext, serviceDeploy: ServiceDeploy): Promise<string | undefined> {
  const { client, inputs } = context
  const { planned, inspection, saved, save } = serviceDeploy
  const { service, content } = planned
  recordPhase(context, serviceDeploy, 'trigger')
  const deploys = await client.deploys(service.id)
  const live = liveOf(deploys)
  if (live && live.id !== planned.live?.id && !(content && matchesContent(live, content)))
    return `${service.name}: ${live.id} (${deployName(live)}) went live meanwhile.`

  // Minutes may have passed since the plan, and undo puts back what was there last.
  const env = inspection.env.length > 0 ? changedVariables(inspection.env, await client.env(service.id)) : []
  if (env.length > 0) {
    const { key } = inputs.api
    saved.env = env.map((one) => ({
      key: one.key,
      sealedBefore: one.before === undefined ? undefined : seal(one.before, key),
      setDigest: digestOf(one.value, key),
    }))
    save()
    for (const one of env) await client.setEnv(service.id, one.key, one.value)
  }

  const action = rechooseAction(planned, deploys, inputs.clearCache)
  if (action.do === 'join') saved.deployId = action.deploy
  else {
    const what = {
      ...(content && 'commit' in content && { commitId: content.commit }),
      ...(content && 'image' in content && { imageUrl: content.image }),
      ...(inputs.clearCache && !service.imagePath && { clearCache: 'clear' as const }),
    }
    const asked = snapshotBefore(client, deploys, 'api', content)
    saved.deployId = await triggerOnce(client, service.id, what, asked, (now) => {
      saved.request = now
      save()
    })
  }
  save()
  return undefined
}

/** Follows the deploy to its end, and whatever took its place with the same content; then the service is checked. */
async function followDeploy(context: DeployContext, serviceDeploy: ServiceDeploy): Promise<string | undefined> {
  const { client, step } = context
  const { planned, inspection, saved, report, save } = serviceDeploy
  const { service, content } = planned
  let live: Deploy
  for (;;) {
    const id = saved.deployId ?? ''
    report.deploy = id
    recordPhase(context, serviceDeploy, 'follow')
    const ended = await follow(client, service.id, id, (status, known) => {
      report.status = status
      step.info(`${service.name}: ${printable(status, 60)} (${id})`)
      if (!known)
        step.warn(`Render has a status that Belay does not know, "${printable(status, 60)}"; it is waited for.`)
    })
    if (ended.status === 'live' && content && contentOf(ended) && !matchesContent(ended, content))
      return `${service.name}: ${id}, which is live, brings something else (${deployName(ended)}).`
    live = ended
    if (ended.status === 'live') break
    const replacement = await replacementOf(client, service.id, ended)
    if (!replacement) throw await failureFor(context, service, ended)
    if (!content || !matchesContent(replacement, content))
      return `${service.name}: ${id} was overtaken by ${replacement.id} (${deployName(replacement)}).`
    step.info(`${service.name}: ${id} was overtaken by ${replacement.id}, which brings the same; that one is followed.`)
    saved.deployId = replacement.id
    save()
  }
  recordPhase(context, serviceDeploy, 'check')
  report.verified = await verifyReleased(context, inspection.requestedName, service, content, live)
  return undefined
}

function deployName(deploy: Deploy): string {
  const content = contentOf(deploy)
  return content ? contentName(content) : (deploy.trigger ?? 'of unknown content')
}

function recordPhase({ step }: DeployContext, { planned }: ServiceDeploy, name: string): void {
  step.record({ event: 'phase', phase: name, host: planned.service.name })
}

/** The failure with the reason that Render's events give; the last lines of the log go to the job log. */
async function failureFor(
  context: DeployContext,
  service: ServiceDeploy['planned']['service'],
  ended: Deploy,
): Promise<Failure> {
  const { step } = context
  const { deadline } = context.client
  // Reasons and logs are worth a moment, and not the failure's being told at all.
  const until = Math.min(deadline.until, deadline.clock.now() + 20_000)
  const client = openClient(context.dependencies.transport(context.inputs.api), { ...deadline, until })
  const quietly = <T>(ask: Promise<T>, none: T) =>
    ask.catch((error: unknown) => {
      step.info(`${service.name}: what Render knows of it could not be read: ${messageOf(error)}`)
      return none
    })
  const [events, lines, env] = await Promise.all([
    quietly(client.events(service.id, ended.createdAt), []),
    quietly(client.lastLogs(service, ended.createdAt, ended.finishedAt ?? undefined), []),
    // Unless the values are known, they cannot be hidden in the log.
    quietly(client.env(service.id), undefined),
  ])
  if (env)
    for (const line of maskedLogLines(
      lines,
      env.map(({ value }) => value),
    ))
      step.info(`  ${service.name} | ${line}`)
  const { why } = readReason(events, ended)
  const where = failedPhase[ended.status] ?? `it ended as ${printable(ended.status, 60)}`
  return new Failure(
    failureCodes[ended.status] ?? 'deploy-failed',
    `${service.name}: ${where}${why === '' ? '' : `, for ${why}`} (deploy ${ended.id}).`,
    `read the last lines of its log above, or all of it at ${service.dashboardUrl ?? 'Render'}.`,
  )
}

const failureCodes: Readonly<Record<string, string>> = {
  build_failed: 'build-failed',
  pre_deploy_failed: 'pre-deploy-failed',
  update_failed: 'start-failed',
  canceled: 'deploy-cancelled',
}
