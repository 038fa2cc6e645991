import { Failure, Interrupted, messageOf } from '@belay/action-kit'
import { printable } from '@belay/probe'
import { checkReleased } from './check.ts'
import { openClient } from './client.ts'
import { follow } from './follow.ts'
import { differing } from './look.ts'
import { brings, contentOf, type Deploy, nameOf } from './objects.ts'
import { noteBefore, orderOnce } from './order.ts'
import type { Place } from './place.ts'
import { doingNow, liveOf } from './plan.ts'
import { failedAt, readReason, shownLines } from './reason.ts'
import { digestOf, seal } from './saved.ts'
import { successorOf } from './successor.ts'
import { startWayBack } from './way-back.ts'
import type { Work } from './work.ts'

/**
 * Releases the services of a group at the same time. Returns a sentence where another deploy has overtaken one.
 * @throws the first failure, once the others have stopped
 */
export async function releaseGroup(work: Work, places: readonly Place[]): Promise<string | undefined> {
  const stop = new AbortController()
  const { bounds } = work.client
  const signal = AbortSignal.any([bounds.signal, stop.signal])
  const client = openClient(work.world.transport(work.inputs.api), { ...bounds, signal })
  const failures: unknown[] = []
  const overtaken = await Promise.all(
    places.map((place) =>
      releaseService({ ...work, client }, place).catch((error: unknown) => {
        failures.push(error)
        stop.abort()
        return undefined
      }),
    ),
  )
  if (failures.length > 0) throw failures[0]
  return overtaken.find((sentence) => sentence !== undefined)
}

async function releaseService(work: Work, place: Place): Promise<string | undefined> {
  const { planned, report } = place
  if (planned.doing.do === 'nothing') return undefined
  const { clock } = work.world
  const began = clock.now()
  try {
    const { doing } = planned
    if (doing.do === 'rollback' || doing.do === 'stop') return await goBack(work, place, doing.deploy)
    const overtaken = await startDeploy(work, place)
    if (overtaken) return overtaken
    return await followDeploy(work, place)
  } catch (error) {
    throw naming(planned.service.name, error)
  } finally {
    report.seconds = Math.round((clock.now() - began) / 1000)
  }
}

async function goBack(work: Work, place: Place, deploy: string): Promise<string | undefined> {
  const { planned, look, report } = place
  phase(work, place, 'trigger')
  const begun = await startWayBack(work, place, deploy)
  if (begun === 'asked') return followDeploy(work, place)
  if (begun !== 'live') return begun
  const live = liveOf(await work.client.deploys(planned.service.id))
  if (!live) return `${planned.service.name}: nothing is live any more.`
  Object.assign(report, { deploy: live.id, status: live.status })
  phase(work, place, 'check')
  report.verified = await checkReleased(work, look.asked, planned.service, planned.content, live)
  return undefined
}

/** A failure of Render's whole API says of which service it was, where several are under way. */
function naming(name: string, error: unknown): unknown {
  if (!(error instanceof Failure) || error instanceof Interrupted || error.message.includes(name)) return error
  return new Failure(error.code, `${name}: ${error.message}`, undefined, { cause: error })
}

/** Compares with what was planned, sets variables, and has the deploy made or joins the one that is there. */
async function startDeploy(work: Work, place: Place): Promise<string | undefined> {
  const { client, inputs } = work
  const { planned, look, mine, save } = place
  const { service, content } = planned
  phase(work, place, 'trigger')
  const deploys = await client.deploys(service.id)
  const live = liveOf(deploys)
  if (live && live.id !== planned.live?.id && !(content && brings(live, content)))
    return `${service.name}: ${live.id} (${nameOfDeploy(live)}) went live meanwhile.`

  // Minutes may have passed since the plan, and undo puts back what was there last.
  const env = look.env.length > 0 ? differing(look.env, await client.env(service.id)) : []
  if (env.length > 0) {
    const { key } = inputs.api
    mine.env = env.map((one) => ({
      key: one.key,
      before: one.before === undefined ? undefined : seal(one.before, key),
      set: digestOf(one.value, key),
    }))
    save()
    for (const one of env) await client.setEnv(service.id, one.key, one.value)
  }

  const doing = doingNow(planned, deploys, inputs.clearCache)
  if (doing.do === 'join') mine.deployId = doing.deploy
  else {
    const what = {
      ...(content && 'commit' in content && { commitId: content.commit }),
      ...(content && 'image' in content && { imageUrl: content.image }),
      ...(inputs.clearCache && !service.imagePath && { clearCache: 'clear' as const }),
    }
    const asked = noteBefore(client, deploys, 'api', content)
    mine.deployId = await orderOnce(client, service.id, what, asked, (now) => {
      mine.asked = now
      save()
    })
  }
  save()
  return undefined
}

/** Follows the deploy to its end, and whatever took its place with the same content; then the service is checked. */
async function followDeploy(work: Work, place: Place): Promise<string | undefined> {
  const { client, step } = work
  const { planned, look, mine, report, save } = place
  const { service, content } = planned
  let live: Deploy
  for (;;) {
    const id = mine.deployId ?? ''
    report.deploy = id
    phase(work, place, 'follow')
    const ended = await follow(client, service.id, id, (status, known) => {
      report.status = status
      step.info(`${service.name}: ${printable(status, 60)} (${id})`)
      if (!known)
        step.warn(`Render has a status that Belay does not know, "${printable(status, 60)}"; it is waited for.`)
    })
    if (ended.status === 'live' && content && contentOf(ended) && !brings(ended, content))
      return `${service.name}: ${id}, which is live, brings something else (${nameOfDeploy(ended)}).`
    live = ended
    if (ended.status === 'live') break
    const successor = await successorOf(client, service.id, ended)
    if (!successor) throw await failureOf(work, service, ended)
    if (!content || !brings(successor, content))
      return `${service.name}: ${id} was overtaken by ${successor.id} (${nameOfDeploy(successor)}).`
    step.info(`${service.name}: ${id} was overtaken by ${successor.id}, which brings the same; that one is followed.`)
    mine.deployId = successor.id
    save()
  }
  phase(work, place, 'check')
  report.verified = await checkReleased(work, look.asked, service, content, live)
  return undefined
}

function nameOfDeploy(deploy: Deploy): string {
  const content = contentOf(deploy)
  return content ? nameOf(content) : (deploy.trigger ?? 'of unknown content')
}

function phase({ step }: Work, { planned }: Place, name: string): void {
  step.record({ event: 'phase', phase: name, host: planned.service.name })
}

/** The failure with the reason that Render's events give; the last lines of the log go to the job log. */
async function failureOf(work: Work, service: Place['planned']['service'], ended: Deploy): Promise<Failure> {
  const { step } = work
  const { bounds } = work.client
  // Reasons and logs are worth a moment, and not the failure's being told at all.
  const until = Math.min(bounds.until, bounds.clock.now() + 20_000)
  const client = openClient(work.world.transport(work.inputs.api), { ...bounds, until })
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
    for (const line of shownLines(
      lines,
      env.map(({ value }) => value),
    ))
      step.info(`  ${service.name} | ${line}`)
  const { why } = readReason(events, ended)
  const where = failedAt[ended.status] ?? `it ended as ${printable(ended.status, 60)}`
  return new Failure(
    codes[ended.status] ?? 'deploy-failed',
    `${service.name}: ${where}${why === '' ? '' : `, for ${why}`} (deploy ${ended.id}).`,
    `read the last lines of its log above, or all of it at ${service.dashboardUrl ?? 'Render'}.`,
  )
}

const codes: Readonly<Record<string, string>> = {
  build_failed: 'build-failed',
  pre_deploy_failed: 'pre-deploy-failed',
  update_failed: 'start-failed',
  canceled: 'deploy-cancelled',
}
