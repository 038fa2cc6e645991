import { join } from 'node:path'
import { type Action, earlierRelease, jobFolder, joinRelease } from '@belay/action-kit'
import { requestedCommit } from '@belay/github'
import { isKeptRelease } from '@belay/release-model'
import { type BeginInputs, readBeginInputs } from './inputs.ts'

/** A composite's `continue-on-error` hides a failure from the job's status; a release that began and never ended shows it. */
export const releaseBegin: Action<BeginInputs> = {
  name: 'release-begin',
  inputs: readBeginInputs,
  async main(inputs, step) {
    // An organisation may have hundreds of variables, and the log prints each step's inputs.
    step.output('settings', JSON.stringify(Object.fromEntries(inputs.settings)))
    const release =
      earlierRelease(step, inputs.release) ??
      joinRelease(step, inputs.release, await requestedCommit(inputs.release, inputs.github, step.signal))
    step.record({ event: 'release-joined', release: release.id })
    step.output('release-id', release.id)
    step.output('service', release.service)
    step.output('target', inputs.target)
    step.output('driver', inputs.driver)
    step.output('proxy-check', inputs.proxyCheck)
    step.output('urls', inputs.urls.join('\n'))
    step.output('canary', inputs.canary)
    step.output('metrics', inputs.metrics)
    step.output('metrics-url', inputs.metricsUrl)
    step.output('sha', isKeptRelease(release.version) ? '' : release.sha)
    step.output('artifact-folder', join(jobFolder(), 'artifacts', `${release.id}-${release.service}`))
    step.info(`Release ${release.id}: ${release.service} ${release.version} to ${release.environment}`)
    return { result: 'unchanged' }
  },
  // The first step of a release has its last post, which writes the summary of all its steps. A later step might not be
  // reached: a job may be cancelled or refused before it.
  async end() {},
}
