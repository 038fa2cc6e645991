import {
  type Action,
  codeBlock,
  currentRun,
  Failure,
  messageState,
  outcomeEntries,
  type Step,
  type TargetOutcome,
} from '@belay/action-kit'
import {
  type BelayDeployment,
  type DeploymentPayload,
  findDeploymentOfRun,
  type GitHub,
  listDeployments,
  openGitHub,
  setStatus,
} from '@belay/github'
import { parseProbeUrl, parseVersionSource } from '@belay/probe'
import { clusterHints, clusterState, conclusionInCluster, isSettled, restoreCommand } from './cluster.ts'
import { type Conclusion, conclusionOf } from './conclusion.ts'
import { type AftercareInputs, readAftercareInputs } from './inputs.ts'
import { conclusionAtRender, rollbackCommands, rollbackHint } from './render.ts'
import { observeServing, type Serving, type ServingQuery } from './serving.ts'
import { tagCommands, tagHints, withTagWarning } from './tags.ts'

/** In seconds: a confirm timeout is extended once by 60 s while the job decides; then the old release has to start. */
const graceSeconds = 60 + 30
/** In seconds: by then every request goes to the pods of what was restored. */
const restoredSeconds = 30
/** The deadline of each of the two requests to GitHub, in milliseconds. */
const budgetMs = 60_000

/** The results that a release reports at its end. With any other one it did not reach its end. */
const conclusiveResults = ['committed', 'rolled-back', 'noop', 'unchanged', 'superseded', 'mixed']

/**
 * Reports what a lost runner could not: whether the hosts have restored the previous release, and what users are served.
 * It changes only the deployment's status, and leaves a journal for the notify-slack step after it.
 */
export const releaseAftercare: Action<AftercareInputs> = {
  name: 'release-aftercare',
  inputs: readAftercareInputs,
  async main(inputs, step) {
    step.output('lost', 'false')
    if (conclusiveResults.includes(inputs.releaseResult)) {
      step.info(`The release reported its result, ${inputs.releaseResult}. Nothing is left to do.`)
      return { result: 'unchanged' }
    }
    const lost = await lostDeployment(inputs, step)
    if (!lost) {
      step.info(
        'The release left no GitHub deployment open: it ended before it changed anything, or it could not create one.',
      )
      return { result: 'unchanged' }
    }
    await reportLostRelease(inputs, lost, step)
    return { result: 'unchanged' }
  },
}

async function lostDeployment({ github, release }: AftercareInputs, step: Step): Promise<BelayDeployment | undefined> {
  if (github.token === '')
    throw new Failure('github-token', 'No github-token is given.', 'give the token of the job as github-token.')
  const api = openFor(github, step)
  const deployments = await listDeployments(api, release.environment, release.service)
  return findDeploymentOfRun(api, deployments, currentRun().id)
}

async function reportLostRelease(inputs: AftercareInputs, { id, payload }: BelayDeployment, step: Step): Promise<void> {
  step.output('lost', 'true')
  const query = servingQuery(payload, inputs.restored)
  step.info(
    `The release of ${payload.version} did not report its end. Checking what serves, for up to ${query.waitSeconds} s.`,
  )
  const serving = await observeServing(query, step.signal)
  const findings = findingsOf(payload, serving, inputs.restored)
  const { result, state, text } = findings.conclusion
  step.output('serves', serving.serves)
  step.summary(`**release-aftercare**: the runner was lost; ${result}. ${plain(text)}`)
  step.info(`${result}: ${text}`)
  reportManualSteps(payload, findings, step)
  recordLostRelease(inputs, payload, findings, step)
  const { environment } = inputs.release
  await setStatus(openFor(inputs.github, step), id, state, `The runner was lost. ${text}`, {
    environment,
    logUrl: currentRun().url,
  })
}

/** What is reported of a lost release. */
interface Findings {
  /** What users get. */
  readonly observed: Conclusion
  /** The same, with what could not be inspected. */
  readonly conclusion: Conclusion
  /** What is not restored automatically, each with its rollback. */
  readonly remaining: readonly { readonly target: string; readonly detail: string }[]
}

function findingsOf(payload: DeploymentPayload, serving: Serving, restored: string): Findings {
  const { render, kubernetes, tags } = payload
  const observed = observedOf(payload, serving, restored)
  // A committed release keeps its tags.
  if (observed.result === 'committed') return { observed, conclusion: observed, remaining: [] }
  const atRender = (render?.before ?? []).map((one) => ({ target: `${one.name} on Render`, detail: rollbackHint(one) }))
  return {
    observed,
    conclusion: tags ? withTagWarning(observed, tags) : observed,
    remaining: [
      ...atRender,
      ...(kubernetes && !isSettled(restored) ? clusterHints(kubernetes) : []),
      ...(tags ? tagHints(tags) : []),
    ],
  }
}

function observedOf(payload: DeploymentPayload, serving: Serving, restored: string): Conclusion {
  const { version, previous, render, kubernetes } = payload
  const versions = { version, previous: previous?.version }
  if (render) return conclusionAtRender(serving, version)
  if (kubernetes) return conclusionInCluster(serving, versions, kubernetes.namespace, restored)
  return conclusionOf(serving, versions)
}

function reportManualSteps({ render, kubernetes, tags }: DeploymentPayload, { remaining }: Findings, step: Step): void {
  if (remaining.length === 0) return
  for (const { target, detail } of remaining) step.info(`${target}: ${detail}`)
  if (render)
    step.summary(`To roll back by hand, with an API key of Render:\n\n${codeBlock(rollbackCommands(render), 'sh')}`)
  if (kubernetes?.workloads?.length && remaining.some(({ target }) => target.startsWith('namespace ')))
    step.summary(
      `What was live in the cluster before:\n\n${codeBlock(clusterState(kubernetes, restoreCommand(process.env)), 'sh')}`,
    )
  if (tags) step.summary(`To roll back by hand, with a login that may push:\n\n${codeBlock(tagCommands(tags), 'sh')}`)
}

function servingQuery(payload: DeploymentPayload, restored: string): ServingQuery {
  const { sha, previous, look, render, kubernetes } = payload
  const versionFrom = parseVersionSource(look?.versionFrom ?? 'sha') ?? { text: 'sha', path: ['sha'] }
  const urls = (look?.urls ?? []).flatMap((line) => {
    const parsed = parseProbeUrl(line)
    return 'url' in parsed ? [parsed.url] : []
  })
  // Neither Render nor a cluster has a confirm timeout to wait for; what a cluster has restored is there within seconds.
  const confirmSeconds = (look?.confirmSeconds ?? 0) + graceSeconds
  const waitSeconds = render || kubernetes ? (restored === 'rolled-back' ? restoredSeconds : 0) : confirmSeconds
  return { urls, versionFrom, sha, previous: previous?.sha, waitSeconds }
}

/** Writes the journal as the lost job would have left it, and hands its Slack message to this job. */
function recordLostRelease(
  { release: { environment } }: AftercareInputs,
  payload: DeploymentPayload,
  { observed, conclusion: { result }, remaining }: Findings,
  step: Step,
): void {
  const { journal } = step
  const { service, version, sha } = payload
  const release = { id: payload.release, service, environment, version, sha }
  const lost = 'lost-release-1'
  const outcomes: TargetOutcome[] = [
    { target: 'service URLs', service, result: observed.result, detail: observed.text },
    ...remaining.map((one) => ({ ...one, service, result: 'unknown' as const })),
  ]
  journal.append(
    { step: lost, event: 'release-began', release, run: currentRun() },
    { step: lost, event: 'release-lost', service, result },
    ...outcomeEntries(lost, outcomes),
  )
  step.warn(
    'The runner of the release was lost before it could report its result. Aftercare found this result afterwards.',
  )
  step.output('slack-channel-id', payload.slack?.channel ?? '')
  if (payload.slack) messageState(journal, 'notify-slack-1').update({ posted: payload.slack })
}

function openFor(github: AftercareInputs['github'], step: Step): GitHub {
  return openGitHub(github, AbortSignal.any([step.signal, AbortSignal.timeout(budgetMs)]))
}

function plain(text: string): string {
  return text.replaceAll('<', '&lt;').replaceAll('|', '\\|')
}
