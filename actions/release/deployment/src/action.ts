import { type Action, currentRun, joinRelease, messageOf, readInputs, type Step } from '@belay/action-kit'
import {
  createDeployment,
  findLive,
  type GitHub,
  type LiveDeploy,
  listDeployments,
  openGitHub,
  setStatus,
} from '@belay/github'
import { readRecord } from '@belay/release-model'
import { finalStatusOf, resultOfService, seenVersion } from './final-status.ts'
import { type DeploymentInputs, readDeploymentInputs } from './inputs.ts'
import { formerOf, payloadFor } from './payload.ts'
import { readSavedDeployment, saveDeployment } from './saved-deployment.ts'

/** All that GitHub may take of a stage, in milliseconds: all posts of a cancelled job have five minutes together. */
const budgetMs = { main: 30_000, post: 15_000 }

/**
 * The one deployment of a release, and what a lost runner leaves behind: its payload names the release before it and
 * the place of the Slack message. It only tells; whatever GitHub does, the release goes on.
 */
export const releaseDeployment: Action<DeploymentInputs> = {
  name: 'release-deployment',
  inputs: readDeploymentInputs,

  async main(inputs, step) {
    step.output('deployment-id', '')
    // What cannot return by itself is then known to this runner alone.
    const matters = inputs.before.length > 0 || inputs.tags !== undefined
    if (inputs.github.token === '')
      (matters ? step.warn : step.info)('No github-token is given: no deployment is kept.')
    else await warnOnError(step, () => begin(inputs, step), matters)
    return { result: 'unchanged' }
  },

  async end(step) {
    await warnOnError(step, () => finish(readInputs(readDeploymentInputs), step))
  },
}

async function begin(
  { release: requested, way, github: access, slack, look, before: atRender, tags }: DeploymentInputs,
  step: Step,
): Promise<void> {
  const release = joinRelease(step, requested)
  const github = open(access, step)
  const { environment, service } = release
  const deployments = await listDeployments(github, environment, service)
  const { live, all } = await findLive(github, deployments)
  const run = currentRun()
  const payload = payloadFor(
    release,
    way,
    live,
    deployments,
    { run: `${run.id}/${run.attempt}`, slack, look, tags },
    atRender,
  )
  if (way === 'rollback') step.output('former', linesOf(formerOf(release, live, deployments)))
  const before = { way, service, environment, live: all.map((deployed) => deployed.id) }
  if (!payload) {
    step.info('GitHub does not know what the hosts go back to: no deployment is kept of it.')
    return saveDeployment(step.journal, step.id, {
      ...before,
      id: undefined,
      sha: undefined,
      version: '',
      previous: undefined,
    })
  }
  const { id } = await createDeployment(github, environment, payload, run.url)
  const { version, sha, previous } = payload
  // Hosts know by themselves which release they go back to; of Render's services GitHub knows it.
  if (way === 'rollback' && atRender.length > 0)
    step.journal.append({ step: step.id, event: 'chosen', service, release: { id: payload.release, version, sha } })
  saveDeployment(step.journal, step.id, { ...before, id, sha, version, previous: previous?.version })
  step.output('deployment-id', String(id))
}

async function finish({ github: access, jobStatus }: DeploymentInputs, step: Step): Promise<void> {
  const saved = readSavedDeployment(step.journal, step.id)
  if (!saved) return
  const github = open(access, step)
  const place = { environment: saved.environment, logUrl: currentRun().url }
  const result = resultOfService(step.journal.read(), saved.service)
  const finalStatus = finalStatusOf(result, jobStatus, saved, seenVersion(readRecord(step.journal.recordPath)))
  if (saved.id !== undefined) {
    await setStatus(github, saved.id, finalStatus.state, finalStatus.description, place)
    step.info(`Deployment ${saved.id}: ${finalStatus.state}. ${finalStatus.description}`)
  }
  if (!finalStatus.replaces) return
  for (const id of saved.live) await setStatus(github, id, 'inactive', 'Another release came after it.', place)
}

/** As deploy-render's `to` takes them. */
function linesOf(deploys: readonly LiveDeploy[]): string {
  return deploys.flatMap(({ id, deploy }) => (deploy ? [`${id} ${deploy}`] : [])).join('\n')
}

function open(access: DeploymentInputs['github'], step: Step): GitHub {
  return openGitHub(access, AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs[step.stage])]))
}

/** Nothing that has to do with telling may make a release red; a permission that was not given is no warning, unless
 * what is to be kept `matters`. */
async function warnOnError(step: Step, work: () => Promise<void>, matters = false): Promise<void> {
  try {
    await work()
  } catch (error) {
    const text = `No GitHub deployment was kept of this: ${messageOf(error)}`
    if ((error as { code?: string }).code === 'github-permission' && !matters) step.info(text)
    else step.warn(text)
  }
}
