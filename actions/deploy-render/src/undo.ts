import { messageOf, type TargetOutcome } from '@belay/action-kit'
import { type ApiClient, openClient, warnIfRefused } from './api-client.ts'
import { type Deploy, isTerminal, matchesContent } from './api-objects.ts'
import { pauseAutoDeploy } from './auto-deploy.ts'
import { pause } from './context.ts'
import type { Dependencies } from './dependencies.ts'
import { deployLost, missingToleranceMs } from './follow.ts'
import { liveOf } from './plan.ts'
import { readReason } from './reason.ts'
import { digestOf, type SavedDeploys, type SavedService, unseal } from './saved.ts'
import { awaitTriggered, snapshotBefore, triggerOnce } from './trigger-deploy.ts'

/** How undo speaks and remembers. */
export interface UndoReporter {
  /** Writes down what has been noted in the saved services. */
  save(): void
  warn(text: string): void
}

const pollIntervalMs = 3000

/**
 * Takes back what was deployed, the last group first, each to the deploy that was live before. A group that takes longer
 * than its share of the time is left told, and the next one is told. Never throws, may be called again at any point:
 * what there is to do follows from what Render shows.
 * @param until by the world's clock, in milliseconds
 */
export async function undoDeploys(
  undoState: SavedDeploys,
  apiKey: string,
  dependencies: Dependencies,
  until: number,
  reporter: UndoReporter,
): Promise<TargetOutcome[]> {
  const { clock, random } = dependencies
  const transport = dependencies.transport({ url: undoState.apiUrl, key: apiKey })
  const touched = undoState.groups.map((group) => group.filter(wasTouched)).filter((group) => group.length > 0)
  if (touched.length === 0)
    return [{ target: 'Render', service: undoState.service, result: 'unchanged', detail: 'nothing was asked of it' }]
  const { signal } = new AbortController()
  const undoAll = (services: readonly SavedService[], end: number) => {
    const client = openClient(transport, { clock, random, signal, until: end })
    return Promise.all(services.map((saved) => undoService(saved, undoState, apiKey, client, reporter)))
  }
  const settled: TargetOutcome[] = []
  for (const [index, group] of touched.toReversed().entries()) {
    const share = Math.max(0, until - clock.now()) / (touched.length - index)
    settled.push(...(await undoAll(group, clock.now() + share)))
  }
  // What the others left of the time may be enough to see the end of those that were only told.
  const services = touched.toReversed().flat()
  const seen = await Promise.all(
    settled.map(async (one, index) =>
      one.result === 'undo-started' ? await undoAll(services.slice(index, index + 1), until) : [one],
    ),
  )
  return seen.flat()
}

function wasTouched({ request, deployId, env }: SavedService): boolean {
  return request !== undefined || deployId !== undefined || env !== undefined
}

async function undoService(
  saved: SavedService,
  undoState: SavedDeploys,
  apiKey: string,
  client: ApiClient,
  reporter: UndoReporter,
): Promise<TargetOutcome> {
  const base = { target: `${saved.name} on Render`, service: undoState.service }
  // An earlier look of this job may have told it already.
  const progress = { started: saved.rollbackId !== undefined }
  try {
    return { ...base, ...(await undoDeploy(saved, apiKey, client, reporter, progress)) }
  } catch (error) {
    const why = firstLine(messageOf(error))
    return progress.started
      ? {
          ...base,
          result: 'undo-started',
          detail: `told to go back, not seen to be through (${why}); ${manualRemedy(saved)}`,
        }
      : { ...base, result: 'mixed', detail: `could not be told to go back: ${why} ${manualRemedy(saved)}` }
  }
}

type UndoResult = Pick<TargetOutcome, 'result' | 'detail' | 'stays'>

async function undoDeploy(
  saved: SavedService,
  apiKey: string,
  client: ApiClient,
  reporter: UndoReporter,
  progress: { started: boolean },
): Promise<UndoResult> {
  const ours = await findOwnDeploy(saved, client, reporter)
  if (!ours) {
    await restoreEnv(saved, apiKey, client, reporter)
    return { result: 'unchanged', detail: 'no deploy of this job has come to be there' }
  }
  const { ended, deploys } = await endOwnDeploys(ours, saved, client, reporter, progress)
  const live = liveOf(deploys)
  if (live?.id === ended.id) return rollBackLive(saved, apiKey, client, reporter, progress, deploys)
  if (live && live.id === saved.rollbackId) return { result: 'rolled-back', detail: `back to ${previousName(saved)}` }
  if (saved.rollbackRequest && ended.status === 'deactivated') {
    const back = await awaitTriggered(client, saved.id, saved.rollbackRequest)
    if (back && live?.id === back.id) return { result: 'rolled-back', detail: `back to ${previousName(saved)}` }
  }
  if (live && live.id !== saved.previous?.id && isReplaced(ended) && hasSavedContent(live, saved))
    return rollBackLive(saved, apiKey, client, reporter, progress, deploys)
  if (live && live.id !== saved.previous?.id)
    return { result: 'superseded', detail: `${live.id} of somebody else is live; it is left as it is` }
  await restoreEnv(saved, apiKey, client, reporter)
  const other = deploys.find(({ status }) => !isTerminal(status))
  const beside = other ? `; ${other.id} of somebody else is under way and was left alone` : ''
  const end = `the deploy ended as ${ended.status}${beside}`
  if (live) return { result: 'rolled-back', detail: `${end}; ${previousName(saved)} has stayed live` }
  return saved.previous
    ? { result: 'mixed', detail: `${end}, and nothing is live any more. ${manualRemedy(saved)}` }
    : { result: 'rolled-back', detail: `${end}; as before, nothing is live` }
}

/** Our deploy; one that was asked for and never heard of is looked for as long as it could still appear. */
async function findOwnDeploy(
  saved: SavedService,
  client: ApiClient,
  reporter: UndoReporter,
): Promise<Deploy | undefined> {
  if (saved.deployId !== undefined) return awaitDeploy(saved.deployId, saved, client)
  if (!saved.request) return undefined
  const found = await awaitTriggered(client, saved.id, saved.request)
  if (!found) return undefined
  saved.deployId = found.id
  reporter.save()
  return found
}

/**
 * A deploy that Render has named exists, also where it is not found at once.
 * @throws Failure `deploy-lost`
 */
async function awaitDeploy(id: string, saved: SavedService, client: ApiClient): Promise<Deploy> {
  const { clock } = client.deadline
  for (const began = clock.now(); ; ) {
    const deploy = await client.deploy(saved.id, id)
    if (deploy) return deploy
    if (clock.now() - began > missingToleranceMs) throw deployLost(id)
    await pause(client.deadline, pollIntervalMs)
  }
}

/**
 * Ends our deploy, and then whatever has taken its place and brings the same: a push whose deploy cancelled ours would
 * bring back what is taken back.
 */
async function endOwnDeploys(
  first: Deploy,
  saved: SavedService,
  client: ApiClient,
  reporter: UndoReporter,
  progress: { started: boolean },
): Promise<{ ended: Deploy; deploys: readonly Deploy[] }> {
  for (let ours = first; ; ) {
    const ended = await cancelUntilEnded(ours, saved, client, progress)
    const deploys = await client.deploys(saved.id)
    const replacement = deploys.find(
      (one) =>
        one.id !== saved.rollbackId &&
        one.trigger !== 'rollback' &&
        !isTerminal(one.status) &&
        hasSavedContent(one, saved),
    )
    const mayGo = isReplaced(ended) || (ended.status === 'live' && !saved.pinnedByDisk)
    if (!replacement || !mayGo) return { ended, deploys }
    ours = replacement
    saved.deployId = replacement.id
    reporter.save()
  }
}

function isReplaced({ status }: Deploy): boolean {
  return status === 'deactivated' || status === 'canceled'
}

function hasSavedContent(deploy: Deploy, { content }: SavedService): boolean {
  return content !== undefined && matchesContent(deploy, content)
}

/** Cancels a deploy as long as it is under way. Render takes no cancel for one that waits behind another. */
async function cancelUntilEnded(
  ours: Deploy,
  saved: SavedService,
  client: ApiClient,
  progress: { started: boolean },
): Promise<Deploy> {
  for (let deploy = ours; ; ) {
    if (isTerminal(deploy.status)) return deploy
    if (await client.cancel(saved.id, deploy.id)) progress.started = true
    deploy = (await client.deploy(saved.id, deploy.id)) ?? deploy
    if (!isTerminal(deploy.status)) await pause(client.deadline, pollIntervalMs)
  }
}

/** Our deploy is live: the former one comes back by a rollback, unless that must not be. */
async function rollBackLive(
  saved: SavedService,
  apiKey: string,
  client: ApiClient,
  reporter: UndoReporter,
  progress: { started: boolean },
  deploys: readonly Deploy[],
): Promise<UndoResult> {
  // It may have been told to stop, and has not.
  progress.started = saved.rollbackId !== undefined
  const underWay = deploys.find(({ id, status }) => !isTerminal(status) && id !== saved.rollbackId)
  if (saved.pinnedByDisk)
    return {
      result: 'committed',
      stays: true,
      detail: `it has a disk and is not named in undo-disks: the new release stays. ${manualRemedy(saved)}`,
    }
  if (!saved.previous)
    return {
      result: 'mixed',
      detail: `nothing was live before, so there is nothing to go back to. ${manualRemedy(saved)}`,
    }
  if (underWay && !(saved.rollbackRequest && underWay.trigger === 'rollback'))
    return {
      result: 'mixed',
      detail: `${underWay.id} of somebody else is under way; nothing was done. ${manualRemedy(saved)}`,
    }

  const what = 'what was taken back. Turn it on when main is good again.'
  if (saved.autoDeploy) await pauseAutoDeploy(saved, client, reporter.warn, what)
  await restoreEnv(saved, apiKey, client, reporter)
  const back = await followRollback(await requestRollback(saved, client, reporter, deploys), saved, client, progress)
  if (back.status === 'live') return { result: 'rolled-back', detail: `back to ${previousName(saved)}` }
  const { why } = readReason(await client.events(saved.id, back.createdAt), back)
  return {
    result: 'mixed',
    detail: `the rollback ${back.id} ended as ${back.status}${why && `, for ${why}`}. ${manualRemedy(saved)}`,
  }
}

/** Asks for the rollback once, whoever asked before; returns its id. */
async function requestRollback(
  saved: SavedService,
  client: ApiClient,
  reporter: UndoReporter,
  deploys: readonly Deploy[],
): Promise<string> {
  const earlier =
    saved.rollbackId ?? (saved.rollbackRequest && (await awaitTriggered(client, saved.id, saved.rollbackRequest))?.id)
  if (earlier !== undefined) {
    saved.rollbackId = earlier
    return earlier
  }
  const asked = snapshotBefore(client, deploys, 'rollback', undefined)
  saved.rollbackId = await triggerOnce(client, saved.id, { rollbackTo: saved.previous?.id ?? '' }, asked, (now) => {
    saved.rollbackRequest = now
    reporter.save()
  })
  reporter.save()
  return saved.rollbackId
}

async function followRollback(
  id: string,
  saved: SavedService,
  client: ApiClient,
  progress: { started: boolean },
): Promise<Deploy> {
  progress.started = true
  for (;;) {
    const deploy = await client.deploy(saved.id, id)
    if (deploy && isTerminal(deploy.status)) return deploy
    await pause(client.deadline, pollIntervalMs)
  }
}

/** Puts variables back that still hold what this job set; others were changed by somebody else, and that is said. */
async function restoreEnv(
  saved: SavedService,
  apiKey: string,
  client: ApiClient,
  reporter: UndoReporter,
): Promise<void> {
  if (!saved.env || saved.env.length === 0) return
  const now = new Map((await client.env(saved.id)).map(({ key, value }) => [key, value]))
  for (const { key, sealedBefore, setDigest } of saved.env) {
    const value = now.get(key)
    const former = previousValue(sealedBefore, apiKey)
    if (former === 'sealed') {
      reporter.warn(
        `${saved.name}: the variable ${key} keeps its new value: the API key is another one than at the start.`,
      )
      continue
    }
    if (value === former?.value) continue
    if (value === undefined || digestOf(value, apiKey) !== setDigest)
      reporter.warn(`${saved.name}: the variable ${key} was changed by somebody else meanwhile and is left as it is.`)
    else {
      const back = former === undefined ? client.removeEnv(saved.id, key) : client.setEnv(saved.id, key, former.value)
      await warnIfRefused(back, reporter.warn, `${saved.name}: the variable ${key} could not be put back`)
    }
  }
}

function previousValue(before: string | undefined, apiKey: string): { value: string } | 'sealed' | undefined {
  try {
    return before === undefined ? undefined : { value: unseal(before, apiKey) }
  } catch {
    return 'sealed'
  }
}

function previousName({ previous }: SavedService): string {
  return previous ? `${previous.name.slice(0, 12)} (${previous.id})` : 'nothing'
}

function manualRemedy({ name, previous, dashboardUrl }: SavedService): string {
  const what = previous ? `roll ${name} back to ${previous.id}` : `look at ${name}`
  return `By hand: ${what}${dashboardUrl && ` at ${dashboardUrl}`}.`
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
