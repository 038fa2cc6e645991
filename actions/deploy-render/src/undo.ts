import { messageOf, type TargetOutcome } from '@belay/action-kit'
import { pauseAutoDeploy } from './auto-deploy.ts'
import { type Client, openClient, unlessRefused } from './client.ts'
import { lost, missingMs } from './follow.ts'
import { brings, type Deploy, isTerminal } from './objects.ts'
import { noteBefore, orderOnce, searchFor } from './order.ts'
import { liveOf } from './plan.ts'
import { readReason } from './reason.ts'
import { digestOf, type Saved, type SavedService, unseal } from './saved.ts'
import { pause } from './work.ts'
import type { World } from './world.ts'

/** How undo speaks and remembers. */
export interface UndoVoice {
  /** Writes down what has been noted in the saved services. */
  save(): void
  warn(text: string): void
}

const lookEveryMs = 3000

/**
 * Takes back what was deployed, the last group first, each to the deploy that was live before. A group that takes longer
 * than its share of the time is left told, and the next one is told. Never throws, may be called again at any point:
 * what there is to do follows from what Render shows.
 * @param until by the world's clock, in milliseconds
 */
export async function undoDeploys(
  saved: Saved,
  apiKey: string,
  world: World,
  until: number,
  voice: UndoVoice,
): Promise<TargetOutcome[]> {
  const { clock, random } = world
  const transport = world.transport({ url: saved.apiUrl, key: apiKey })
  const touched = saved.groups.map((group) => group.filter(wasTouched)).filter((group) => group.length > 0)
  if (touched.length === 0)
    return [{ target: 'Render', service: saved.service, result: 'unchanged', detail: 'nothing was asked of it' }]
  const { signal } = new AbortController()
  const undoAll = (services: readonly SavedService[], end: number) => {
    const client = openClient(transport, { clock, random, signal, until: end })
    return Promise.all(services.map((mine) => undoService(mine, saved, apiKey, client, voice)))
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

function wasTouched({ asked, deployId, env }: SavedService): boolean {
  return asked !== undefined || deployId !== undefined || env !== undefined
}

async function undoService(
  mine: SavedService,
  saved: Saved,
  apiKey: string,
  client: Client,
  voice: UndoVoice,
): Promise<TargetOutcome> {
  const base = { target: `${mine.name} on Render`, service: saved.service }
  // An earlier look of this job may have told it already.
  const progress = { told: mine.backId !== undefined }
  try {
    return { ...base, ...(await goBack(mine, apiKey, client, voice, progress)) }
  } catch (error) {
    const why = firstLine(messageOf(error))
    return progress.told
      ? { ...base, result: 'undo-started', detail: `told to go back, not seen to be through (${why}); ${byHand(mine)}` }
      : { ...base, result: 'mixed', detail: `could not be told to go back: ${why} ${byHand(mine)}` }
  }
}

type Verdict = Pick<TargetOutcome, 'result' | 'detail' | 'stays'>

async function goBack(
  mine: SavedService,
  apiKey: string,
  client: Client,
  voice: UndoVoice,
  progress: { told: boolean },
): Promise<Verdict> {
  const ours = await findOurs(mine, client, voice)
  if (!ours) {
    await restoreEnv(mine, apiKey, client, voice)
    return { result: 'unchanged', detail: 'no deploy of this job has come to be there' }
  }
  const { ended, deploys } = await endOfAll(ours, mine, client, voice, progress)
  const live = liveOf(deploys)
  if (live?.id === ended.id) return replaceLive(mine, apiKey, client, voice, progress, deploys)
  if (live && live.id === mine.backId) return { result: 'rolled-back', detail: `back to ${formerName(mine)}` }
  if (mine.backAsked && ended.status === 'deactivated') {
    const back = await searchFor(client, mine.id, mine.backAsked)
    if (back && live?.id === back.id) return { result: 'rolled-back', detail: `back to ${formerName(mine)}` }
  }
  if (live && live.id !== mine.previous?.id && isReplaced(ended) && bringsSame(live, mine))
    return replaceLive(mine, apiKey, client, voice, progress, deploys)
  if (live && live.id !== mine.previous?.id)
    return { result: 'superseded', detail: `${live.id} of somebody else is live; it is left as it is` }
  await restoreEnv(mine, apiKey, client, voice)
  const other = deploys.find(({ status }) => !isTerminal(status))
  const beside = other ? `; ${other.id} of somebody else is under way and was left alone` : ''
  const end = `the deploy ended as ${ended.status}${beside}`
  if (live) return { result: 'rolled-back', detail: `${end}; ${formerName(mine)} has stayed live` }
  return mine.previous
    ? { result: 'mixed', detail: `${end}, and nothing is live any more. ${byHand(mine)}` }
    : { result: 'rolled-back', detail: `${end}; as before, nothing is live` }
}

/** Our deploy; one that was asked for and never heard of is looked for as long as it could still appear. */
async function findOurs(mine: SavedService, client: Client, voice: UndoVoice): Promise<Deploy | undefined> {
  if (mine.deployId !== undefined) return waitFor(mine.deployId, mine, client)
  if (!mine.asked) return undefined
  const found = await searchFor(client, mine.id, mine.asked)
  if (!found) return undefined
  mine.deployId = found.id
  voice.save()
  return found
}

/**
 * A deploy that Render has named exists, also where it is not found at once.
 * @throws Failure `deploy-lost`
 */
async function waitFor(id: string, mine: SavedService, client: Client): Promise<Deploy> {
  const { clock } = client.bounds
  for (const began = clock.now(); ; ) {
    const deploy = await client.deploy(mine.id, id)
    if (deploy) return deploy
    if (clock.now() - began > missingMs) throw lost(id)
    await pause(client.bounds, lookEveryMs)
  }
}

/**
 * Ends our deploy, and then whatever has taken its place and brings the same: a push whose deploy cancelled ours would
 * bring back what is taken back.
 */
async function endOfAll(
  first: Deploy,
  mine: SavedService,
  client: Client,
  voice: UndoVoice,
  progress: { told: boolean },
): Promise<{ ended: Deploy; deploys: readonly Deploy[] }> {
  for (let ours = first; ; ) {
    const ended = await endOf(ours, mine, client, progress)
    const deploys = await client.deploys(mine.id)
    const successor = deploys.find(
      (one) => one.id !== mine.backId && one.trigger !== 'rollback' && !isTerminal(one.status) && bringsSame(one, mine),
    )
    const mayGo = isReplaced(ended) || (ended.status === 'live' && !mine.keeps)
    if (!successor || !mayGo) return { ended, deploys }
    ours = successor
    mine.deployId = successor.id
    voice.save()
  }
}

function isReplaced({ status }: Deploy): boolean {
  return status === 'deactivated' || status === 'canceled'
}

function bringsSame(deploy: Deploy, { content }: SavedService): boolean {
  return content !== undefined && brings(deploy, content)
}

/** Cancels a deploy as long as it is under way. Render takes no cancel for one that waits behind another. */
async function endOf(ours: Deploy, mine: SavedService, client: Client, progress: { told: boolean }): Promise<Deploy> {
  for (let deploy = ours; ; ) {
    if (isTerminal(deploy.status)) return deploy
    if (await client.cancel(mine.id, deploy.id)) progress.told = true
    deploy = (await client.deploy(mine.id, deploy.id)) ?? deploy
    if (!isTerminal(deploy.status)) await pause(client.bounds, lookEveryMs)
  }
}

/** Our deploy is live: the former one comes back by a rollback, unless that must not be. */
async function replaceLive(
  mine: SavedService,
  apiKey: string,
  client: Client,
  voice: UndoVoice,
  progress: { told: boolean },
  deploys: readonly Deploy[],
): Promise<Verdict> {
  // It may have been told to stop, and has not.
  progress.told = mine.backId !== undefined
  const underWay = deploys.find(({ id, status }) => !isTerminal(status) && id !== mine.backId)
  if (mine.keeps)
    return {
      result: 'committed',
      stays: true,
      detail: `it has a disk and is not named in undo-disks: the new release stays. ${byHand(mine)}`,
    }
  if (!mine.previous)
    return { result: 'mixed', detail: `nothing was live before, so there is nothing to go back to. ${byHand(mine)}` }
  if (underWay && !(mine.backAsked && underWay.trigger === 'rollback'))
    return {
      result: 'mixed',
      detail: `${underWay.id} of somebody else is under way; nothing was done. ${byHand(mine)}`,
    }

  const what = 'what was taken back. Turn it on when main is good again.'
  if (mine.autoDeploy) await pauseAutoDeploy(mine, client, voice.warn, what)
  await restoreEnv(mine, apiKey, client, voice)
  const back = await followBack(await rollBack(mine, client, voice, deploys), mine, client, progress)
  if (back.status === 'live') return { result: 'rolled-back', detail: `back to ${formerName(mine)}` }
  const { why } = readReason(await client.events(mine.id, back.createdAt), back)
  return {
    result: 'mixed',
    detail: `the rollback ${back.id} ended as ${back.status}${why && `, for ${why}`}. ${byHand(mine)}`,
  }
}

/** Asks for the rollback once, whoever asked before; returns its id. */
async function rollBack(
  mine: SavedService,
  client: Client,
  voice: UndoVoice,
  deploys: readonly Deploy[],
): Promise<string> {
  const earlier = mine.backId ?? (mine.backAsked && (await searchFor(client, mine.id, mine.backAsked))?.id)
  if (earlier !== undefined) {
    mine.backId = earlier
    return earlier
  }
  const asked = noteBefore(client, deploys, 'rollback', undefined)
  mine.backId = await orderOnce(client, mine.id, { rollbackTo: mine.previous?.id ?? '' }, asked, (now) => {
    mine.backAsked = now
    voice.save()
  })
  voice.save()
  return mine.backId
}

async function followBack(
  id: string,
  mine: SavedService,
  client: Client,
  progress: { told: boolean },
): Promise<Deploy> {
  progress.told = true
  for (;;) {
    const deploy = await client.deploy(mine.id, id)
    if (deploy && isTerminal(deploy.status)) return deploy
    await pause(client.bounds, lookEveryMs)
  }
}

/** Puts variables back that still hold what this job set; others were changed by somebody else, and that is said. */
async function restoreEnv(mine: SavedService, apiKey: string, client: Client, voice: UndoVoice): Promise<void> {
  if (!mine.env || mine.env.length === 0) return
  const now = new Map((await client.env(mine.id)).map(({ key, value }) => [key, value]))
  for (const { key, before, set } of mine.env) {
    const value = now.get(key)
    const former = formerValue(before, apiKey)
    if (former === 'sealed') {
      voice.warn(`${mine.name}: the variable ${key} keeps its new value: the API key is another one than at the start.`)
      continue
    }
    if (value === former?.value) continue
    if (value === undefined || digestOf(value, apiKey) !== set)
      voice.warn(`${mine.name}: the variable ${key} was changed by somebody else meanwhile and is left as it is.`)
    else {
      const back = former === undefined ? client.removeEnv(mine.id, key) : client.setEnv(mine.id, key, former.value)
      await unlessRefused(back, voice.warn, `${mine.name}: the variable ${key} could not be put back`)
    }
  }
}

function formerValue(before: string | undefined, apiKey: string): { value: string } | 'sealed' | undefined {
  try {
    return before === undefined ? undefined : { value: unseal(before, apiKey) }
  } catch {
    return 'sealed'
  }
}

function formerName({ previous }: SavedService): string {
  return previous ? `${previous.name.slice(0, 12)} (${previous.id})` : 'nothing'
}

function byHand({ name, previous, dashboardUrl }: SavedService): string {
  const what = previous ? `roll ${name} back to ${previous.id}` : `look at ${name}`
  return `By hand: ${what}${dashboardUrl && ` at ${dashboardUrl}`}.`
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}
