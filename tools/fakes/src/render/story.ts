import type { Account, Place } from './account.ts'
import type { Course } from './behaviour.ts'
import type { Deploy, FailureForm } from './objects.ts'

/** What Render tells of a deploy beside its status: events, and lines of the log. */
export interface Story {
  began(place: Place, deploy: Deploy): void
  phase(place: Place, deploy: Deploy, status: string, course: Course): void
  ended(place: Place, deploy: Deploy, how: 'succeeded' | 'failed' | 'canceled', reason: Reason): void
  /** An instance of a live deploy failed. */
  instanceFailed(place: Place): void
}

/** As `deploy_ended` has it; `newDeploy` is the one that took its place. */
export interface Reason {
  readonly failure?: FailureForm
  readonly newDeploy?: { readonly id: string }
  /** What the registry said to a pull, an event of its own. */
  readonly pullFailed?: string
}

export function makeStory(account: Account): Story {
  const event = (place: Place, type: string, details: Record<string, unknown>) =>
    void place.events.push({
      id: account.id('evt'),
      serviceId: place.service.id,
      timestamp: account.time(),
      type,
      details,
    })

  const log = (place: Place, type: string, message: string) =>
    void place.logs.push({
      id: account.id('log'),
      message,
      timestamp: account.time(),
      // Which deploy wrote it is not among them.
      labels: [
        { name: 'resource', value: place.service.id },
        { name: 'type', value: type },
        { name: 'level', value: 'info' },
      ],
    })

  return {
    began: (place, { id, trigger }) => event(place, 'deploy_started', { deployId: id, trigger: { [trigger]: true } }),
    phase(place, deploy, status, course) {
      if (status === 'build_in_progress') {
        event(place, 'build_started', { buildId: deploy.id.replace('dep', 'bld') })
        log(place, 'build', `\u001b[36m==> Building ${deploy.commit?.id ?? ''}\u001b[0m`)
      }
      if (status === 'pre_deploy_in_progress') event(place, 'pre_deploy_started', { deployId: deploy.id })
      if (status === 'update_in_progress') log(place, 'app', '==> Deploying…')
      const last = status === 'update_in_progress' || course.ends === statusOfEnd[status]
      if (last) for (const line of course.logs ?? []) log(place, status === 'build_in_progress' ? 'build' : 'app', line)
    },
    ended(place, { id, image }, how, reason) {
      const { failure, newDeploy, pullFailed } = reason
      if (pullFailed !== undefined)
        event(place, 'image_pull_failed', { imageURL: image?.ref ?? '', message: pullFailed })
      event(place, 'deploy_ended', {
        deployId: id,
        deployStatus: how,
        reason: { ...(failure && { failure: { evicted: false, ...failure } }), ...(newDeploy && { newDeploy }) },
        status: how === 'succeeded' ? 2 : 3,
      })
    },
    instanceFailed: (place) =>
      event(place, 'server_failed', { instanceID: `${place.service.id}-1`, reason: { nonZeroExit: 1 } }),
  }
}

const statusOfEnd: Record<string, string> = {
  build_in_progress: 'build_failed',
  pre_deploy_in_progress: 'pre_deploy_failed',
}
