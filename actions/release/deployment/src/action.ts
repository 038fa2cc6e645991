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
import { finalStatusOf, resultOfService, seenVersion } from './final-status.ts'
import { type DeploymentInputs, readDeploymentInputs } from './inputs.ts'
import { formerOf, payloadFor } from './payload.ts'
import { readSavedDeployment, saveDeployment } from './saved-deployment.ts'

/** The deadline for GitHub in each stage, in milliseconds: all posts of a cancelled job share five minutes. */
const budgetMs = { main: 30_000, post: 15_000 }

/**
 * The one deployment of a release. Aftercare needs it after a lost runner: its payload names the previous release and
 * the Slack message. It only reports; a failure of GitHub never stops the release.
 */
export const releaseDeployment: Action<DeploymentInputs> = {
  name: 'release-deployment',
  inputs: readDeploymentInputs,

  async main(inputs, step) {
    step.output('deployment-id', '')
    // Without a deployment only this runner knows the state that nothing else restores.
    const matters = inputs.before.length > 0 || inputs.tags !== undefined
    if (inputs.github.token === '')
      (matters ? step.warn : step.info)('No github-token is given, so no GitHub deployment is created.')
    else await warnOnError(step, () => begin(inputs, step), matters)
    return { result: 'unchanged' }
  },

  async end(step) {
    await warnOnError(step, () => finish(readInputs(readDeploymentInputs), step))
  },
}

async function begin(
  { release: requested, way, github: access, slack, look, before: atRender, cluster, tags }: DeploymentInputs,
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
    cluster,
  )
  if (way === 'rollback') step.output('former', linesOf(formerOf(release, live, deployments)))
  const before = { way, service, environment, live: all.map((deployed) => deployed.id) }
  if (!payload) {
    step.info('GitHub does not know which release the hosts roll back to, so no GitHub deployment is created.')
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
  // Hosts know which release they roll back to; for services on Render only GitHub knows it.
  if (way === 'rollback' && atRender.length > 0)
    step.record({ event: 'chosen', service, release: { id: payload.release, version, sha } })
  saveDeployment(step.journal, step.id, { ...before, id, sha, version, previous: previous?.version })
  step.output('deployment-id', String(id))
}

async function finish({ github: access, jobStatus }: DeploymentInputs, step: Step): Promise<void> {
  const saved = readSavedDeployment(step.journal, step.id)
  if (!saved) return
  const github = open(access, step)
  const place = { environment: saved.environment, logUrl: currentRun().url }
  const result = resultOfService(step.journal.read(), saved.service)
  const finalStatus = finalStatusOf(result, jobStatus, saved, seenVersion(step.journal.record()))
  if (saved.id !== undefined) {
    await setStatus(github, saved.id, finalStatus.state, finalStatus.description, place)
    step.info(`Deployment ${saved.id}: ${finalStatus.state}. ${finalStatus.description}`)
  }
  if (!finalStatus.replaces) return
  for (const id of saved.live) await setStatus(github, id, 'inactive', 'A later release replaced it.', place)
}

/** As deploy-render's `to` takes them. */
function linesOf(deploys: readonly LiveDeploy[]): string {
  return deploys.flatMap(({ id, deploy }) => (deploy ? [`${id} ${deploy}`] : [])).join('\n')
}

function open(access: DeploymentInputs['github'], step: Step): GitHub {
  return openGitHub(access, AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs[step.stage])]))
}

/** An error in reporting never fails a release. A missing permission is a warning only if the payload `matters`. */
async function warnOnError(step: Step, work: () => Promise<void>, matters = false): Promise<void> {
  try {
    await work()
  } catch (error) {
    const text = `The GitHub deployment was not written: ${messageOf(error)}`
    if ((error as { code?: string }).code === 'github-permission' && !matters) step.info(text)
    else step.warn(text)
  }
}
