import { createHash } from 'node:crypto'
import type { AcceptedDeploy, Account, DeployOrder, HostedService, PhaseDurations } from './account.ts'
import type { DeployBehaviour } from './behaviour.ts'
import { type DeployEnd, type DeployEvents, makeDeployEvents } from './deploy-events.ts'
import { type Commit, type Deploy, type Image, isTerminal } from './objects.ts'

/** A deploy ended or went live: what the service serves from now on. `behaviour` undefined: what was there before. */
export type OnServing = (hosted: HostedService, deploy: Deploy, behaviour: DeployBehaviour) => void

/** Whether a new instance of the service is healthy, asked at the end of `update_in_progress`. */
export type IsHealthy = (hosted: HostedService) => Promise<boolean> | boolean

export interface Deploys {
  /** Undefined where it is queued: a 202 without a body, and the deploy appears later. Asks for its behaviour once. */
  order(hosted: HostedService, order: DeployOrder): Deploy | undefined
  /** False where it cannot be cancelled any more, or not yet. */
  cancel(hosted: HostedService, deploy: Deploy): boolean
  live(hosted: HostedService): Deploy | undefined
  commit(sha: string): Commit
  image(ref: string): Image
  /** What is live at the start. */
  seed(hosted: HostedService, version: string): Deploy
}

export interface DeploysOptions {
  readonly overlap: 'override' | 'wait'
  readonly durations: PhaseDurations
  readonly behaviourOf: (service: string, order: DeployOrder) => DeployBehaviour
  readonly onServing: OnServing
  readonly isHealthy: IsHealthy
}

/**
 * The behaviour of deploys (docs/research/render-api.md#asking-for-a-deploy): one at a time a service; another one
 * overrides it, or waits behind it, as the workspace's policy has it. A new live one makes the one before it `deactivated`.
 */
export function makeDeploys(account: Account, options: DeploysOptions): Deploys {
  const { clock } = account
  const events: DeployEvents = makeDeployEvents(account)

  return { order, cancel, live, commit, image, seed }

  function order(hosted: HostedService, what: DeployOrder): Deploy | undefined {
    const behaviour = options.behaviourOf(hosted.spec.name, what)
    const accepted: AcceptedDeploy = { deploy: makeDeploy(hosted, what), order: what, behaviour, callOff: () => {} }
    if (hosted.running && options.overlap === 'wait') {
      accepted.deploy.status = 'queued'
      hosted.waiting?.callOff()
      if (hosted.waiting) end(hosted, hosted.waiting, 'canceled', { newDeploy: { id: accepted.deploy.id } })
      hosted.waiting = accepted
      accepted.callOff = clock.after(behaviour.appears ?? options.durations.appears, () => show(hosted, accepted))
      return undefined
    }
    const older = hosted.running
    hosted.running = accepted
    if (older) {
      older.callOff()
      end(hosted, older, 'canceled', { newDeploy: { id: accepted.deploy.id } })
    }
    if (behaviour.appears === undefined) show(hosted, accepted)
    else clock.after(behaviour.appears, () => show(hosted, accepted))
    start(hosted, accepted)
    return accepted.deploy
  }

  function makeDeploy(hosted: HostedService, { trigger, commit: sha, image: ref }: DeployOrder): Deploy {
    const time = account.time()
    return {
      id: account.id('dep'),
      status: 'created',
      trigger,
      commit: sha === undefined ? null : commit(sha),
      ...(hosted.spec.image && ref !== undefined ? { image: image(ref) } : {}),
      createdAt: time,
      updatedAt: time,
      finishedAt: null,
    }
  }

  function show(hosted: HostedService, { deploy }: AcceptedDeploy): void {
    if (!hosted.deploys.includes(deploy)) hosted.deploys.push(deploy)
  }

  /** Goes through the phases one after another; the first answer shows the first of them already. */
  function start(hosted: HostedService, accepted: AcceptedDeploy): void {
    const { behaviour, deploy } = accepted
    const { skipBuild } = accepted.order
    const { durations } = options
    if (hosted.spec.type === 'cron_job') {
      goLive(hosted, accepted)
      return
    }
    const phases: { status: string; ms: number; fails?: string }[] = []
    if (!hosted.spec.image && !skipBuild)
      phases.push({ status: 'build_in_progress', ms: behaviour.build ?? durations.build, fails: 'build_failed' })
    if (hosted.spec.preDeployCommand && !skipBuild)
      phases.push({
        status: 'pre_deploy_in_progress',
        ms: behaviour.preDeploy ?? durations.preDeploy,
        fails: 'pre_deploy_failed',
      })
    if (behaviour.unknown !== undefined)
      phases.push({ status: behaviour.unknown, ms: behaviour.update ?? durations.update })
    phases.push({ status: 'update_in_progress', ms: behaviour.update ?? durations.update, fails: 'update_failed' })
    deploy.startedAt = account.time()
    events.began(hosted, deploy)
    step(0)

    function step(index: number): void {
      const phase = phases[index]
      if (!phase) return void finish()
      change(deploy, phase.status)
      events.phase(hosted, deploy, phase.status, behaviour)
      if (behaviour.endsAs === 'never' && index === phases.length - 1) return
      accepted.callOff = clock.after(phase.ms, () => {
        if (behaviour.endsAs === 'canceled' && index === phases.length - 1) return end(hosted, accepted, 'canceled', {})
        if (phase.fails !== undefined && behaviour.endsAs === phase.fails)
          return end(hosted, accepted, phase.fails, {
            failure: behaviour.failure ?? { nonZeroExit: 1 },
            ...(behaviour.pullFailed !== undefined && { pullFailed: behaviour.pullFailed }),
          })
        step(index + 1)
      })
    }

    async function finish(): Promise<void> {
      const healthy = await options.isHealthy(hosted)
      if (isTerminal(deploy.status)) return
      if (healthy) goLive(hosted, accepted)
      else end(hosted, accepted, 'update_failed', { failure: { unhealthy: 'the health check got no 2xx' } })
    }
  }

  function goLive(hosted: HostedService, accepted: AcceptedDeploy): void {
    const { deploy, behaviour } = accepted
    show(hosted, accepted)
    for (const other of hosted.deploys) if (other.status === 'live') change(other, 'deactivated')
    deploy.finishedAt = account.time()
    change(deploy, 'live')
    events.ended(hosted, deploy, 'succeeded', {})
    if (behaviour.serves === 'old') events.instanceFailed(hosted)
    else options.onServing(hosted, deploy, behaviour)
    next(hosted, accepted)
  }

  function end(hosted: HostedService, accepted: AcceptedDeploy, status: string, reason: DeployEnd): void {
    const { deploy } = accepted
    show(hosted, accepted)
    deploy.finishedAt = account.time()
    change(deploy, status)
    events.ended(hosted, deploy, status === 'canceled' ? 'canceled' : 'failed', reason)
    next(hosted, accepted)
  }

  /** The newest that waits is run once nothing is. */
  function next(hosted: HostedService, ended: AcceptedDeploy): void {
    if (hosted.running !== ended) return
    const { waiting } = hosted
    hosted.running = waiting
    hosted.waiting = undefined
    if (!waiting) return
    waiting.callOff()
    // It may have come to the front before any list had shown it.
    const { deploy } = waiting
    waiting.callOff = clock.after(hosted.deploys.includes(deploy) ? 0 : options.durations.appears, () => {
      show(hosted, waiting)
      start(hosted, waiting)
    })
  }

  function cancel(hosted: HostedService, deploy: Deploy): boolean {
    const accepted = hosted.running
    // A queued one is not among those that the official client cancels.
    if (accepted?.deploy !== deploy || deploy.status === 'queued' || isTerminal(deploy.status)) return false
    accepted.callOff()
    end(hosted, accepted, 'canceled', {})
    return true
  }

  function live(hosted: HostedService): Deploy | undefined {
    return hosted.deploys.find(({ status }) => status === 'live')
  }

  function commit(sha: string): Commit {
    return { id: sha, message: `Change ${sha.slice(0, 7)}`, createdAt: account.time() }
  }

  function image(ref: string): Image {
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(ref)?.[1]
    return { ref, sha: digest ?? `sha256:${createHash('sha256').update(ref).digest('hex')}` }
  }

  function seed(hosted: HostedService, version: string): Deploy {
    const order: DeployOrder = hosted.spec.image
      ? { trigger: 'manual', image: version }
      : { trigger: 'manual', commit: version }
    const accepted: AcceptedDeploy = { deploy: makeDeploy(hosted, order), order, behaviour: {}, callOff: () => {} }
    show(hosted, accepted)
    goLive(hosted, accepted)
    return accepted.deploy
  }

  function change(deploy: Deploy, status: string): void {
    deploy.status = status
    deploy.updatedAt = account.time()
  }
}
