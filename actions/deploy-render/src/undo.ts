import { firstLine, messageOf, type TargetOutcome } from '@belay/action-kit'
import { type ApiClient, openClient } from './api-client.ts'
import { type Deploy, isTerminal } from './api-objects.ts'
import { pauseAutoDeploy } from './auto-deploy.ts'
import { pause } from './deadline.ts'
import type { Dependencies } from './dependencies.ts'
import { deployLost, missingToleranceMs } from './follow.ts'
import { readReason } from './reason.ts'
import { restoreEnv } from './restore-env.ts'
import type { SavedDeploys, SavedService } from './saved.ts'
import { awaitTriggered, snapshotBefore, triggerOnce } from './trigger-deploy.ts'
import {
  byHand as manualRemedy,
  neverCame,
  nextUndoStep,
  type Verdict as UndoResult,
  type UndoStep,
} from './undo-step.ts'

/** Where an undo writes its progress. */
export interface UndoReporter {
  /** Writes the saved services to the journal. */
  save(): void
  warn(text: string): void
}

const pollIntervalMs = 3000

/**
 * Rolls each service back to the deploy that was live before, the last group first. A group that takes longer than its
 * share of the time is left with its rollback requested, and the next group begins. Never throws, and may be called again
 * at any point: each step follows from what Render shows.
 * @param until by the clock of `dependencies`, in milliseconds
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
    return [{ target: 'Render', service: undoState.service, result: 'unchanged', detail: 'no deploy was requested' }]
  const { signal } = new AbortController()
  const undoAll = (services: readonly SavedService[], end: number) => {
    const client = openClient(transport, { clock, random, signal, until: end })
    return Promise.all(
      services.map((saved) => undoService(undoState.service, { saved, apiKey, client, reporter, isRequested: false })),
    )
  }
  const outcomes: TargetOutcome[] = []
  for (const [index, group] of touched.toReversed().entries()) {
    const share = Math.max(0, until - clock.now()) / (touched.length - index)
    outcomes.push(...(await undoAll(group, clock.now() + share)))
  }
  // The time that the other groups did not use may be enough to see these rollbacks complete.
  const services = touched.toReversed().flat()
  const final = await Promise.all(
    outcomes.map(async (one, index) =>
      one.result === 'undo-started' ? await undoAll(services.slice(index, index + 1), until) : [one],
    ),
  )
  return final.flat()
}

function wasTouched({ request, deployId, env }: SavedService): boolean {
  return request !== undefined || deployId !== undefined || env !== undefined
}

/** The undo of one service. */
interface Undo {
  /** Its optional fields are filled in and saved during the undo. */
  readonly saved: SavedService
  readonly apiKey: string
  readonly client: ApiClient
  readonly reporter: UndoReporter
  /** Render has accepted the cancel or the rollback that restores the previous deploy. */
  isRequested: boolean
}

async function undoService(service: string, undo: Undo): Promise<TargetOutcome> {
  const { saved } = undo
  const base = { target: `${saved.name} on Render`, service }
  // An earlier attempt of this job may have requested it.
  undo.isRequested = saved.rollbackId !== undefined
  try {
    return { ...base, ...(await undoDeploy(undo)) }
  } catch (error) {
    const why = firstLine(messageOf(error))
    return undo.isRequested
      ? {
          ...base,
          result: 'undo-started',
          detail: `undo requested, outcome unknown (${why}); ${manualRemedy(saved)}`,
        }
      : { ...base, result: 'mixed', detail: `the undo could not be requested: ${why}; ${manualRemedy(saved)}` }
  }
}

async function undoDeploy(undo: Undo): Promise<UndoResult> {
  for (;;) {
    const deploys = await readDeploys(undo)
    const verdict = await perform(undo, nextUndoStep(undo.saved, deploys), deploys)
    if (verdict) return verdict
  }
}

/** Render's deploys, newest first, and this job's own even if the list lacks them. */
async function readDeploys({ saved, client }: Undo): Promise<readonly Deploy[]> {
  const listed = await client.deploys(saved.id)
  const own = [saved.deployId, saved.rollbackId].filter((own) => own !== undefined)
  const unlisted = own.filter((own) => !listed.some(({ id }) => id === own))
  const found = await Promise.all(unlisted.map((id) => client.deploy(saved.id, id)))
  return [...listed, ...found.filter((deploy) => deploy !== undefined)].toSorted(
    (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt),
  )
}

/** Does one step. Returns the result if the undo ends with it. */
async function perform(undo: Undo, step: UndoStep, deploys: readonly Deploy[]): Promise<UndoResult | undefined> {
  switch (step.do) {
    case 'find':
      return (await findOwnDeploy(undo)) ? undefined : perform(undo, neverCame, deploys)
    case 'cancel':
      return cancel(undo, step.deploy)
    case 'adopt':
      undo.saved.deployId = step.deploy.id
      return void undo.reporter.save()
    case 'find-rollback':
      return findRollback(undo)
    case 'roll-back':
      return requestRollback(undo, step.to, deploys)
    case 'await-rollback':
      noteRollback(undo, step.id)
      return pause(undo.client.deadline, pollIntervalMs).then(() => undefined)
    case 'explain':
      return explain(undo, step.back)
    case 'end':
      if (step.restoreEnv) await restoreEnv(undo.saved, undo.apiKey, undo.client, undo.reporter.warn)
      return step.verdict
  }
}

/** Waits for a deploy that Render has named. If the answer to the request was lost, searches as long as it could appear. */
async function findOwnDeploy({ saved, client, reporter }: Undo): Promise<boolean> {
  if (saved.deployId !== undefined) {
    await awaitDeploy(saved.deployId, saved, client)
    return true
  }
  const found = saved.request && (await awaitTriggered(client, saved.id, saved.request))
  if (!found) return false
  saved.deployId = found.id
  reporter.save()
  return true
}

/**
 * Waits for a deploy that Render has named: it exists, even if it is not found at once.
 * @throws Failure `deploy-lost`
 */
async function awaitDeploy(id: string, saved: SavedService, client: ApiClient): Promise<void> {
  const { clock } = client.deadline
  for (const began = clock.now(); !(await client.deploy(saved.id, id)); ) {
    if (clock.now() - began > missingToleranceMs) throw deployLost(id)
    await pause(client.deadline, pollIntervalMs)
  }
}

/** Requests a cancel, again if Render refuses it: it refuses one for a deploy that waits behind another. */
async function cancel(undo: Undo, { id }: Deploy): Promise<undefined> {
  const { saved, client } = undo
  const taken = await client.cancel(saved.id, id)
  if (taken) undo.isRequested = true
  const now = await client.deploy(saved.id, id)
  // After a refusal the deploy may have ended although Render's list does not show that yet.
  if (!taken || (now && !isTerminal(now.status))) await pause(client.deadline, pollIntervalMs)
}

/** Searches for a requested rollback. One that does not appear was never accepted; the next step requests it again. */
async function findRollback(undo: Undo): Promise<undefined> {
  const { saved, client, reporter } = undo
  // A cancel that was accepted does not count as the rollback.
  undo.isRequested = false
  const found = saved.rollbackRequest && (await awaitTriggered(client, saved.id, saved.rollbackRequest))
  if (found) return noteRollback(undo, found.id)
  saved.rollbackRequest = undefined
  reporter.save()
}

/** Requests the rollback once. Before that it turns auto-deploy off and restores the variables. */
async function requestRollback(undo: Undo, to: string, deploys: readonly Deploy[]): Promise<undefined> {
  const { saved, client, reporter, apiKey } = undo
  undo.isRequested = false
  const what = 'the release that was rolled back. Turn it on when main is good again.'
  if (saved.autoDeploy) await pauseAutoDeploy(saved, client, reporter.warn, what)
  await restoreEnv(saved, apiKey, client, reporter.warn)
  const request = snapshotBefore(client, deploys, 'rollback', undefined)
  const id = await triggerOnce(client, saved.id, { rollbackTo: to }, request, (now) => {
    saved.rollbackRequest = now
    reporter.save()
  })
  noteRollback(undo, id)
}

function noteRollback(undo: Undo, id: string): undefined {
  undo.isRequested = true
  if (undo.saved.rollbackId === id) return
  undo.saved.rollbackId = id
  undo.reporter.save()
}

async function explain(undo: Undo, back: Deploy): Promise<UndoResult> {
  const { saved, client } = undo
  noteRollback(undo, back.id)
  const { why } = readReason(await client.events(saved.id, back.createdAt), back)
  return {
    result: 'mixed',
    detail: `the rollback ${back.id} ended as ${back.status}${why && ` (${why})`}. ${manualRemedy(saved)}`,
  }
}
