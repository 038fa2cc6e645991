import { createHash } from 'node:crypto'
import type { Accepted, Account, Order, Pace, Place } from './account.ts'
import type { Course } from './behaviour.ts'
import { type Commit, type Deploy, type Image, isTerminal } from './objects.ts'
import { makeStory, type Reason, type Story } from './story.ts'

/** A deploy ended or went live: what the service serves from now on. `course` undefined: what was there before. */
export type OnServing = (place: Place, deploy: Deploy, course: Course) => void

/** Whether a new instance of the service is healthy, asked at the end of `update_in_progress`. */
export type IsHealthy = (place: Place) => Promise<boolean> | boolean

export interface Deploys {
  /** Undefined where it is queued: a 202 without a body, and the deploy appears later. Asks for its course once. */
  order(place: Place, order: Order): Deploy | undefined
  /** False where it cannot be cancelled any more, or not yet. */
  cancel(place: Place, deploy: Deploy): boolean
  live(place: Place): Deploy | undefined
  commit(sha: string): Commit
  image(ref: string): Image
  /** What is live at the start. */
  seed(place: Place, version: string): Deploy
}

export interface DeploysOptions {
  readonly overlap: 'override' | 'wait'
  readonly pace: Pace
  readonly courseOf: (service: string, order: Order) => Course
  readonly onServing: OnServing
  readonly isHealthy: IsHealthy
}

/**
 * The course of deploys (docs/research/render-api.md#asking-for-a-deploy): one at a time a service; another one
 * overrides it, or waits behind it, as the workspace's policy has it. A new live one makes the one before it `deactivated`.
 */
export function makeDeploys(account: Account, options: DeploysOptions): Deploys {
  const { clock } = account
  const story: Story = makeStory(account)

  return { order, cancel, live, commit, image, seed }

  function order(place: Place, what: Order): Deploy | undefined {
    const course = options.courseOf(place.spec.name, what)
    const accepted: Accepted = { deploy: makeDeploy(place, what), what, course, callOff: () => {} }
    if (place.running && options.overlap === 'wait') {
      accepted.deploy.status = 'queued'
      place.waiting?.callOff()
      if (place.waiting) end(place, place.waiting, 'canceled', { newDeploy: { id: accepted.deploy.id } })
      place.waiting = accepted
      accepted.callOff = clock.after(course.appears ?? options.pace.appears, () => show(place, accepted))
      return undefined
    }
    const older = place.running
    place.running = accepted
    if (older) {
      older.callOff()
      end(place, older, 'canceled', { newDeploy: { id: accepted.deploy.id } })
    }
    if (course.appears === undefined) show(place, accepted)
    else clock.after(course.appears, () => show(place, accepted))
    start(place, accepted)
    return accepted.deploy
  }

  function makeDeploy(place: Place, { trigger, commit: sha, image: ref }: Order): Deploy {
    const time = account.time()
    return {
      id: account.id('dep'),
      status: 'created',
      trigger,
      commit: sha === undefined ? null : commit(sha),
      ...(place.spec.image && ref !== undefined ? { image: image(ref) } : {}),
      createdAt: time,
      updatedAt: time,
      finishedAt: null,
    }
  }

  function show(place: Place, { deploy }: Accepted): void {
    if (!place.deploys.includes(deploy)) place.deploys.push(deploy)
  }

  /** Plays the phases one after another; the first answer shows the first of them already. */
  function start(place: Place, accepted: Accepted): void {
    const { course, deploy } = accepted
    const { skipBuild } = accepted.what
    const { pace } = options
    if (place.spec.type === 'cron_job') {
      goLive(place, accepted)
      return
    }
    const phases: { status: string; ms: number; fails?: string }[] = []
    if (!place.spec.image && !skipBuild)
      phases.push({ status: 'build_in_progress', ms: course.build ?? pace.build, fails: 'build_failed' })
    if (place.spec.preDeployCommand && !skipBuild)
      phases.push({
        status: 'pre_deploy_in_progress',
        ms: course.preDeploy ?? pace.preDeploy,
        fails: 'pre_deploy_failed',
      })
    if (course.unknown !== undefined) phases.push({ status: course.unknown, ms: course.update ?? pace.update })
    phases.push({ status: 'update_in_progress', ms: course.update ?? pace.update, fails: 'update_failed' })
    deploy.startedAt = account.time()
    story.began(place, deploy)
    step(0)

    function step(index: number): void {
      const phase = phases[index]
      if (!phase) return void finish()
      change(deploy, phase.status)
      story.phase(place, deploy, phase.status, course)
      if (course.ends === 'never' && index === phases.length - 1) return
      accepted.callOff = clock.after(phase.ms, () => {
        if (course.ends === 'canceled' && index === phases.length - 1) return end(place, accepted, 'canceled', {})
        if (phase.fails !== undefined && course.ends === phase.fails)
          return end(place, accepted, phase.fails, {
            failure: course.failure ?? { nonZeroExit: 1 },
            ...(course.pullFailed !== undefined && { pullFailed: course.pullFailed }),
          })
        step(index + 1)
      })
    }

    async function finish(): Promise<void> {
      const healthy = await options.isHealthy(place)
      if (isTerminal(deploy.status)) return
      if (healthy) goLive(place, accepted)
      else end(place, accepted, 'update_failed', { failure: { unhealthy: 'the health check got no 2xx' } })
    }
  }

  function goLive(place: Place, accepted: Accepted): void {
    const { deploy, course } = accepted
    show(place, accepted)
    for (const other of place.deploys) if (other.status === 'live') change(other, 'deactivated')
    deploy.finishedAt = account.time()
    change(deploy, 'live')
    story.ended(place, deploy, 'succeeded', {})
    if (course.serves === 'old') story.instanceFailed(place)
    else options.onServing(place, deploy, course)
    next(place, accepted)
  }

  function end(place: Place, accepted: Accepted, status: string, reason: Reason): void {
    const { deploy } = accepted
    show(place, accepted)
    deploy.finishedAt = account.time()
    change(deploy, status)
    story.ended(place, deploy, status === 'canceled' ? 'canceled' : 'failed', reason)
    next(place, accepted)
  }

  /** The newest that waits is run once nothing is. */
  function next(place: Place, ended: Accepted): void {
    if (place.running !== ended) return
    const { waiting } = place
    place.running = waiting
    place.waiting = undefined
    if (!waiting) return
    waiting.callOff()
    // It may have come to the front before any list had shown it.
    const { deploy } = waiting
    waiting.callOff = clock.after(place.deploys.includes(deploy) ? 0 : options.pace.appears, () => {
      show(place, waiting)
      start(place, waiting)
    })
  }

  function cancel(place: Place, deploy: Deploy): boolean {
    const accepted = place.running
    // A queued one is not among those that the official client cancels.
    if (accepted?.deploy !== deploy || deploy.status === 'queued' || isTerminal(deploy.status)) return false
    accepted.callOff()
    end(place, accepted, 'canceled', {})
    return true
  }

  function live(place: Place): Deploy | undefined {
    return place.deploys.find(({ status }) => status === 'live')
  }

  function commit(sha: string): Commit {
    return { id: sha, message: `Change ${sha.slice(0, 7)}`, createdAt: account.time() }
  }

  function image(ref: string): Image {
    const digest = /@(sha256:[0-9a-f]{64})$/.exec(ref)?.[1]
    return { ref, sha: digest ?? `sha256:${createHash('sha256').update(ref).digest('hex')}` }
  }

  function seed(place: Place, version: string): Deploy {
    const what: Order = place.spec.image
      ? { trigger: 'manual', image: version }
      : { trigger: 'manual', commit: version }
    const accepted: Accepted = { deploy: makeDeploy(place, what), what, course: {}, callOff: () => {} }
    show(place, accepted)
    goLive(place, accepted)
    return accepted.deploy
  }

  function change(deploy: Deploy, status: string): void {
    deploy.status = status
    deploy.updatedAt = account.time()
  }
}
