import type { Account, HostedService } from './account.ts'
import type { DeployBehaviour } from './behaviour.ts'
import type { Deploy, FailureForm } from './objects.ts'

/** What Render reports of a deploy besides its status: events, and lines of the log. */
export interface DeployEvents {
  began(hosted: HostedService, deploy: Deploy): void
  phase(hosted: HostedService, deploy: Deploy, status: string, behaviour: DeployBehaviour): void
  ended(hosted: HostedService, deploy: Deploy, how: 'succeeded' | 'failed' | 'canceled', reason: DeployEnd): void
  /** An instance of a live deploy failed. */
  instanceFailed(hosted: HostedService): void
}

/** As `deploy_ended` has it; `newDeploy` is the one that took its place. */
export interface DeployEnd {
  readonly failure?: FailureForm
  readonly newDeploy?: { readonly id: string }
  /** What the registry said to a pull, an event of its own. */
  readonly pullFailed?: string
}

export function makeDeployEvents(account: Account): DeployEvents {
  const event = (hosted: HostedService, type: string, details: Record<string, unknown>) =>
    void hosted.events.push({
      id: account.id('evt'),
      serviceId: hosted.service.id,
      timestamp: account.time(),
      type,
      details,
    })

  const log = (hosted: HostedService, type: string, message: string) =>
    void hosted.logs.push({
      id: account.id('log'),
      message,
      timestamp: account.time(),
      // A line does not name the deploy that wrote it.
      labels: [
        { name: 'resource', value: hosted.service.id },
        { name: 'type', value: type },
        { name: 'level', value: 'info' },
      ],
    })

  return {
    began: (hosted, { id, trigger }) => event(hosted, 'deploy_started', { deployId: id, trigger: { [trigger]: true } }),
    phase(hosted, deploy, status, behaviour) {
      if (status === 'build_in_progress') {
        event(hosted, 'build_started', { buildId: deploy.id.replace('dep', 'bld') })
        log(hosted, 'build', `\u001b[36m==> Building ${deploy.commit?.id ?? ''}\u001b[0m`)
      }
      if (status === 'pre_deploy_in_progress') event(hosted, 'pre_deploy_started', { deployId: deploy.id })
      if (status === 'update_in_progress') log(hosted, 'app', '==> Deploying…')
      const last = status === 'update_in_progress' || behaviour.endsAs === statusOfEnd[status]
      if (last)
        for (const line of behaviour.logs ?? []) log(hosted, status === 'build_in_progress' ? 'build' : 'app', line)
    },
    ended(hosted, { id, image }, how, reason) {
      const { failure, newDeploy, pullFailed } = reason
      if (pullFailed !== undefined)
        event(hosted, 'image_pull_failed', { imageURL: image?.ref ?? '', message: pullFailed })
      event(hosted, 'deploy_ended', {
        deployId: id,
        deployStatus: how,
        reason: { ...(failure && { failure: { evicted: false, ...failure } }), ...(newDeploy && { newDeploy }) },
        status: how === 'succeeded' ? 2 : 3,
      })
    },
    instanceFailed: (hosted) =>
      event(hosted, 'server_failed', { instanceID: `${hosted.service.id}-1`, reason: { nonZeroExit: 1 } }),
  }
}

const statusOfEnd: Record<string, string> = {
  build_in_progress: 'build_failed',
  pre_deploy_in_progress: 'pre_deploy_failed',
}
