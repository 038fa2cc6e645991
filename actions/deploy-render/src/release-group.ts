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
 * Releases the services of a group at the same time. Returns a sentence if another deploy has superseded one.
 * @throws the first failure, after the other services have stopped
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
    const { action } = planned
    if (action.do === 'rollback' || action.do === 'stop') return await rollBack(context, serviceDeploy, action.deploy)
    const supersededBy = await startDeploy(context, serviceDeploy)
    if (supersededBy) return supersededBy
    return await followDeploy(context, serviceDeploy)
  } catch (error) {
    throw withServiceName(planned.service.name, error)
  } finally {
    report.seconds = Math.round((clock.now() - began) / 1000)
  }
}

async function rollBack(
  context: DeployContext,
  serviceDeploy: ServiceDeploy,
  deploy: string,
): Promise<string | undefined> {
  const { planned, inspection, report } = serviceDeploy
  recordPhase(context, serviceDeploy, 'trigger')
  const started = await startWayBack(context, serviceDeploy, deploy)
  if (started === 'requested') return followDeploy(context, serviceDeploy)
  if (started !== 'live') return started
  const live = liveOf(await context.client.deploys(planned.service.id))
  if (!live) return `${planned.service.name}: no deploy is live any more.`
  Object.assign(report, { deploy: live.id, status: live.status })
  recordPhase(context, serviceDeploy, 'check')
  report.verified = await verifyReleased(context, inspection.requestedName, planned.service, planned.content, live)
  return undefined
}

/** Adds the service's name to a failure of Render's API, because several services are deployed at once. */
function withServiceName(name: string, error: unknown): unknown {
  if (!(error instanceof Failure) || error instanceof Interrupted || error.message.includes(name)) return error
  return new Failure(error.code, `${name}: ${error.message}`, undefined, { cause: error })
}

/** Compares with the plan, sets variables, and requests the deploy or joins an existing one. */
async function startDeploy(context: DeployContext, serviceDeploy: ServiceDeploy): Promise<string | undefined> {
  const { client, inputs } = context
  const { planned, inspection, saved, save } = serviceDeploy
  const { service, content } = planned
  recordPhase(context, serviceDeploy, 'trigger')
  const deploys = await client.deploys(service.id)
  const live = liveOf(deploys)
  if (live && live.id !== planned.live?.id && !(content && matchesContent(live, content)))
    return `${service.name}: ${live.id} (${deployName(live)}) went live while this step was running.`

  // Minutes may have passed since the plan, and undo must restore the latest values.
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
    const before = snapshotBefore(client, deploys, 'api', content)
    saved.deployId = await triggerOnce(client, service.id, what, before, (now) => {
      saved.request = now
      save()
    })
  }
  save()
  return undefined
}

/** Follows the deploy to its end, or a deploy of the same content that replaced it; then checks the service. */
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
        step.warn(`${service.name}: Render reports an unknown status, "${printable(status, 60)}". Belay keeps waiting.`)
    })
    if (ended.status === 'live' && content && contentOf(ended) && !matchesContent(ended, content))
      return `${service.name}: the live deploy ${id} has other content (${deployName(ended)}).`
    live = ended
    if (ended.status === 'live') break
    const replacement = await replacementOf(client, service.id, ended)
    if (!replacement) throw await failureFor(context, service, ended)
    if (!content || !matchesContent(replacement, content))
      return `${service.name}: ${id} was replaced by ${replacement.id} (${deployName(replacement)}).`
    step.info(
      `${service.name}: ${id} was replaced by ${replacement.id}, which has the same content. Belay follows that one.`,
    )
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

/** The failure, with the reason from Render's events. Writes the last lines of the service's log to the job log. */
async function failureFor(
  context: DeployContext,
  service: ServiceDeploy['planned']['service'],
  ended: Deploy,
): Promise<Failure> {
  const { step } = context
  const { deadline } = context.client
  // Reading reasons and logs may take 20 s, and must not stop the failure from being reported.
  const until = Math.min(deadline.until, deadline.clock.now() + 20_000)
  const client = openClient(context.dependencies.transport(context.inputs.api), { ...deadline, until })
  const quietly = <T>(ask: Promise<T>, none: T) =>
    ask.catch((error: unknown) => {
      step.info(`${service.name}: its events, log or variables could not be read: ${messageOf(error)}`)
      return none
    })
  const [events, lines, env] = await Promise.all([
    quietly(client.events(service.id, ended.createdAt), []),
    quietly(client.lastLogs(service, ended.createdAt, ended.finishedAt ?? undefined), []),
    // Unknown values cannot be hidden in the log: without them no log is shown.
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
    `${service.name}: ${where}${why === '' ? '' : `: ${why}`} (deploy ${ended.id}).`,
    `read the last lines of its log above, or the whole log at ${service.dashboardUrl ?? 'Render'}.`,
  )
}

const failureCodes: Readonly<Record<string, string>> = {
  build_failed: 'build-failed',
  pre_deploy_failed: 'pre-deploy-failed',
  update_failed: 'start-failed',
  canceled: 'deploy-cancelled',
}
