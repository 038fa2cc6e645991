import { messageOf, type TargetOutcome } from '@belay/action-kit'
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
    return Promise.all(
      services.map((saved) =>
        undoService(undoState.service, { mine: saved, apiKey, client, voice: reporter, told: false }),
      ),
    )
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

/** What the undo of one service works with. */
interface Undo {
  /** Its fields are filled in as the undo goes on, and saved. */
  readonly mine: SavedService
  readonly apiKey: string
  readonly client: ApiClient
  readonly voice: UndoReporter
  /** Render has taken the cancel or the rollback that brings the former deploy back. */
  told: boolean
}

async function undoService(service: string, undo: Undo): Promise<TargetOutcome> {
  const { mine: saved } = undo
  const base = { target: `${saved.name} on Render`, service }
  // An earlier look of this job may have told it already.
  undo.told = saved.rollbackId !== undefined
  try {
    return { ...base, ...(await undoDeploy(undo)) }
  } catch (error) {
    const why = firstLine(messageOf(error))
    return undo.told
      ? {
          ...base,
          result: 'undo-started',
          detail: `told to go back, not seen to be through (${why}); ${manualRemedy(saved)}`,
        }
      : { ...base, result: 'mixed', detail: `could not be told to go back: ${why} ${manualRemedy(saved)}` }
  }
}

async function undoDeploy(undo: Undo): Promise<UndoResult> {
  for (;;) {
    const deploys = await readDeploys(undo)
    const verdict = await perform(undo, nextUndoStep(undo.mine, deploys), deploys)
    if (verdict) return verdict
  }
}

/** What Render shows, newest first; the deploys of this job also where its list does not have them. */
async function readDeploys({ mine, client }: Undo): Promise<readonly Deploy[]> {
  const listed = await client.deploys(mine.id)
  const own = [mine.deployId, mine.rollbackId].filter((own) => own !== undefined)
  const unlisted = own.filter((own) => !listed.some(({ id }) => id === own))
  const found = await Promise.all(unlisted.map((id) => client.deploy(mine.id, id)))
  return [...listed, ...found.filter((deploy) => deploy !== undefined)].toSorted(
    (a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt),
  )
}

/** Does one step. Returns how the undo ends, where it ends by that. */
async function perform(undo: Undo, step: UndoStep, deploys: readonly Deploy[]): Promise<UndoResult | undefined> {
  switch (step.do) {
    case 'find':
      return (await findOwnDeploy(undo)) ? undefined : perform(undo, neverCame, deploys)
    case 'cancel':
      return cancel(undo, step.deploy)
    case 'adopt':
      undo.mine.deployId = step.deploy.id
      return void undo.voice.save()
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
      if (step.restoreEnv) await restoreEnv(undo.mine, undo.apiKey, undo.client, undo.voice.warn)
      return step.verdict
  }
}

/** Waits for a deploy that Render has named; one that was asked for and never heard of is looked for as long as it could appear. */
async function findOwnDeploy({ mine: saved, client, voice: reporter }: Undo): Promise<boolean> {
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
 * A deploy that Render has named exists, also where it is not found at once.
 * @throws Failure `deploy-lost`
 */
async function awaitDeploy(id: string, saved: SavedService, client: ApiClient): Promise<void> {
  const { clock } = client.deadline
  for (const began = clock.now(); !(await client.deploy(saved.id, id)); ) {
    if (clock.now() - began > missingToleranceMs) throw deployLost(id)
    await pause(client.deadline, pollIntervalMs)
  }
}

/** Render takes no cancel for a deploy that waits behind another: it is asked again. */
async function cancel(undo: Undo, { id }: Deploy): Promise<undefined> {
  const { mine, client } = undo
  const taken = await client.cancel(mine.id, id)
  if (taken) undo.told = true
  const now = await client.deploy(mine.id, id)
  // One that is refused may have ended already, and its list not show that yet.
  if (!taken || (now && !isTerminal(now.status))) await pause(client.deadline, pollIntervalMs)
}

/** Looks for a rollback that was asked for; one that did not appear was never taken, and is asked for anew. */
async function findRollback(undo: Undo): Promise<undefined> {
  const { mine, client, voice } = undo
  // The deploy may have been told to stop, and has not.
  undo.told = false
  const found = mine.rollbackRequest && (await awaitTriggered(client, mine.id, mine.rollbackRequest))
  if (found) return noteRollback(undo, found.id)
  mine.rollbackRequest = undefined
  voice.save()
}

/** Asks for the rollback, once. What would bring the release back is switched off before, and variables return. */
async function requestRollback(undo: Undo, to: string, deploys: readonly Deploy[]): Promise<undefined> {
  const { mine: saved, client, voice: reporter, apiKey } = undo
  undo.told = false
  const what = 'what was taken back. Turn it on when main is good again.'
  if (saved.autoDeploy) await pauseAutoDeploy(saved, client, reporter.warn, what)
  await restoreEnv(saved, apiKey, client, reporter.warn)
  const asked = snapshotBefore(client, deploys, 'rollback', undefined)
  const id = await triggerOnce(client, saved.id, { rollbackTo: to }, asked, (now) => {
    saved.rollbackRequest = now
    reporter.save()
  })
  noteRollback(undo, id)
}

function noteRollback(undo: Undo, id: string): undefined {
  undo.told = true
  if (undo.mine.rollbackId === id) return
  undo.mine.rollbackId = id
  undo.voice.save()
}

async function explain(undo: Undo, back: Deploy): Promise<UndoResult> {
  const { mine, client } = undo
  noteRollback(undo, back.id)
  const { why } = readReason(await client.events(mine.id, back.createdAt), back)
  return {
    result: 'mixed',
    detail: `the rollback ${back.id} ended as ${back.status}${why && `, for ${why}`}. ${manualRemedy(mine)}`,
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
