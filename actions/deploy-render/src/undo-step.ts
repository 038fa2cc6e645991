import type { TargetOutcome } from '@belay/action-kit'
import { type Deploy, isTerminal, matchesContent } from './api-objects.ts'
import { liveOf } from './plan.ts'
import type { SavedService } from './saved.ts'
import { findTriggered } from './trigger-deploy.ts'

/** How the undo of one service ends. */
export type Verdict = Pick<TargetOutcome, 'result' | 'detail' | 'stays'>

/** What an undo does next for one service. After each step but `end` and `explain` Render is read again. */
export type UndoStep =
  /** Render does not show the deploy of this job: wait for it, or search for it if only its request is known. */
  | { readonly do: 'find' }
  | { readonly do: 'cancel'; readonly deploy: Deploy }
  /** This deploy replaced the job's own and has the same content: the undo applies to it from now on. */
  | { readonly do: 'adopt'; readonly deploy: Deploy }
  /** A rollback was requested and its answer was lost: search for it, so that no second one is requested. */
  | { readonly do: 'find-rollback' }
  | { readonly do: 'roll-back'; readonly to: string }
  | { readonly do: 'await-rollback'; readonly id: string }
  /** The rollback failed; Render's events give the reason. */
  | { readonly do: 'explain'; readonly back: Deploy }
  | { readonly do: 'end'; readonly verdict: Verdict; readonly restoreEnv: boolean }

/**
 * Decides from what is saved and what Render shows. Pure, so an undo that was killed continues where it was.
 * @param deploys newest first
 */
export function nextUndoStep(saved: SavedService, deploys: readonly Deploy[]): UndoStep {
  if (saved.deployId === undefined && !saved.request) return neverCame
  const ours = deploys.find(({ id }) => id === saved.deployId)
  if (!ours) return { do: 'find' }
  if (!isTerminal(ours.status)) return { do: 'cancel', deploy: ours }
  const successor = successorOf(ours, saved, deploys)
  if (successor) return { do: 'adopt', deploy: successor }
  const back = rollbackOf(saved, deploys)
  if (saved.rollbackId !== undefined && !back) return { do: 'await-rollback', id: saved.rollbackId }
  if (back && !isTerminal(back.status)) return { do: 'await-rollback', id: back.id }
  return stepFromLive(saved, ours, back, deploys)
}

/** For a service without any deploy of this job. */
export const neverCame: UndoStep = end('unchanged', 'this job made no deploy', true)

/** All deploys of this job have ended: the live deploy decides. */
function stepFromLive(
  saved: SavedService,
  ours: Deploy,
  back: Deploy | undefined,
  deploys: readonly Deploy[],
): UndoStep {
  const live = liveOf(deploys)
  if (live?.id === ours.id) return replaceLive(saved, back, deploys)
  if (live && live.id === back?.id) return end('rolled-back', `back to ${formerName(saved)}`)
  if (live && live.id !== saved.previous?.id)
    return isReplaced(ours) && bringsSame(live, saved)
      ? replaceLive(saved, back, deploys)
      : end('superseded', `${live.id} of somebody else is live and was not changed`)
  const other = deploys.find(({ status }) => !isTerminal(status))
  const beside = other ? `; ${other.id} of somebody else is under way and was not changed` : ''
  const how = `the deploy ended as ${ours.status}${beside}`
  if (live) return end('rolled-back', `${how}; ${formerName(saved)} stayed live`, true)
  return saved.previous
    ? end('mixed', `${how}, and no deploy is live any more. ${byHand(saved)}`, true)
    : end('rolled-back', `${how}; no deploy is live, as before`, true)
}

/** The release of this job is live: a rollback restores the previous deploy, unless that is not allowed. */
function replaceLive(saved: SavedService, back: Deploy | undefined, deploys: readonly Deploy[]): UndoStep {
  const { pinnedByDisk: keeps, previous, rollbackRequest: backAsked } = saved
  if (keeps) return disk(saved)
  if (!previous) return end('mixed', `nothing was live before, so there is no deploy to roll back to. ${byHand(saved)}`)
  if (back) return { do: 'explain', back }
  const underWay = deploys.find(({ status }) => !isTerminal(status))
  if (underWay)
    return end('mixed', `${underWay.id} of somebody else is under way, so Belay changed nothing. ${byHand(saved)}`)
  return backAsked ? { do: 'find-rollback' } : { do: 'roll-back', to: previous.id }
}

function disk(saved: SavedService): UndoStep {
  const detail = `it has a disk and is not named in undo-disks: the new release stays. ${byHand(saved)}`
  return { do: 'end', verdict: { result: 'committed', stays: true, detail }, restoreEnv: false }
}

function end(result: Verdict['result'], detail: string, restoreEnv = false): UndoStep {
  return { do: 'end', verdict: { result, detail }, restoreEnv }
}

/**
 * A deploy under way with the same content, which would undo the rollback: one of a push that cancelled the job's own, or
 * one that waits behind it.
 */
function successorOf(ours: Deploy, saved: SavedService, deploys: readonly Deploy[]): Deploy | undefined {
  const mayGo = isReplaced(ours) || (ours.status === 'live' && !saved.pinnedByDisk)
  if (!mayGo) return undefined
  return deploys.find(
    (one) =>
      one.id !== saved.rollbackId && one.trigger !== 'rollback' && !isTerminal(one.status) && bringsSame(one, saved),
  )
}

/** The rollback that an undo requested, even if its answer was lost. */
function rollbackOf(
  { rollbackId: backId, rollbackRequest: backAsked }: SavedService,
  deploys: readonly Deploy[],
): Deploy | undefined {
  if (backId !== undefined) return deploys.find(({ id }) => id === backId)
  return backAsked && findTriggered(deploys, backAsked)
}

function isReplaced({ status }: Deploy): boolean {
  return status === 'deactivated' || status === 'canceled'
}

function bringsSame(deploy: Deploy, { content }: SavedService): boolean {
  return content !== undefined && matchesContent(deploy, content)
}

export function formerName({ previous }: SavedService): string {
  return previous ? `${previous.name.slice(0, 12)} (${previous.id})` : 'nothing'
}

/** The manual way where the undo cannot continue. */
export function byHand({ name, previous, dashboardUrl }: SavedService): string {
  const what = previous ? `roll ${name} back to ${previous.id}` : `check ${name}`
  return `By hand: ${what}${dashboardUrl && ` at ${dashboardUrl}`}.`
}
