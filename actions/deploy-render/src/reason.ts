import { stripVTControlCharacters } from 'node:util'
import { printable } from '@belay/probe'
import type { Deploy, LogLine, RenderEvent } from './api-objects.ts'

/** Why a deploy ended, from the events of its service. */
export interface DeployEndReason {
  /** Words that follow "it failed: "; empty if the events give no reason. */
  readonly why: string
  /** The id of the deploy that replaced it. */
  readonly newDeploy: string | undefined
}

/** Reads the reason from the events, newest first. Pure. */
export function readReason(events: readonly RenderEvent[], deploy: Deploy): DeployEndReason {
  const ownEvents = events.filter(({ details }) => details?.deployId === deploy.id)
  const end = ownEvents.find(({ type }) => type === 'deploy_ended')?.details as
    | { reason?: { failure?: FailureDetails | null; newDeploy?: { id?: string } | null } | null }
    | undefined
  const others = events.flatMap(({ type, details }) => eventReasons(type, details ?? {}))
  const failure = end?.reason?.failure ? describeFailure(end.reason.failure) : []
  return { why: [...others, ...failure].join('; '), newDeploy: end?.reason?.newDeploy?.id ?? undefined }
}

/**
 * Why an instance failed since a time by Render's clock, in words that follow "it failed: "; empty if the event gives no
 * reason, undefined if no instance failed. Pure.
 */
export function instanceFailedSince(events: readonly RenderEvent[], since: string): string | undefined {
  const failed = events.find(
    ({ type, timestamp }) => type === 'server_failed' && Date.parse(timestamp) >= Date.parse(since),
  )
  if (!failed) return undefined
  const reason = failed.details?.reason
  return describeFailure(typeof reason === 'object' && reason !== null ? reason : {}).join('; ')
}

function eventReasons(type: string, details: Record<string, unknown>): string[] {
  if (type === 'image_pull_failed')
    return [`the image ${printableText(details.imageURL)} could not be pulled: ${printableText(details.message)}`]
  if (type === 'pipeline_minutes_exhausted') return ['the workspace has no build minutes left']
  if (type === 'branch_deleted') return ['the branch was deleted']
  if (type === 'suspender_added') return ['the service was suspended']
  return []
}

/** Any field may be absent: Render's events are not trusted. */
interface FailureDetails {
  readonly evicted?: boolean | null
  readonly evictionReason?: string | null
  readonly nonZeroExit?: number | null
  readonly oomKilled?: { readonly memoryLimit?: string | null } | boolean | null
  readonly earlyExit?: boolean | null
  readonly timedOutSeconds?: number | null
  readonly timedOutReason?: string | null
  readonly unhealthy?: string | null
}

function describeFailure(failure: FailureDetails): string[] {
  const { oomKilled, evictionReason, timedOutSeconds, timedOutReason } = failure
  const limit = typeof oomKilled === 'object' ? oomKilled?.memoryLimit : undefined
  return [
    ...(oomKilled ? [`it ran out of memory${limit ? ` (limit ${printableText(limit)})` : ''}`] : []),
    ...(failure.nonZeroExit ? [`it ended with status ${failure.nonZeroExit}`] : []),
    ...(failure.earlyExit ? ['it exited although it should keep running'] : []),
    ...(timedOutSeconds
      ? [`it was not ready within ${timedOutSeconds} s${timedOutReason ? `: ${printableText(timedOutReason)}` : ''}`]
      : []),
    ...(failure.unhealthy ? [`its health check failed: ${printableText(failure.unhealthy)}`] : []),
    ...(failure.evicted ? [`it was evicted${evictionReason ? `: ${printableText(evictionReason)}` : ''}`] : []),
  ]
}

function printableText(value: unknown): string {
  return printable(String(value ?? ''), 300)
}

/** Where a deploy failed, by its status. */
export const failedPhase: Readonly<Record<string, string>> = {
  build_failed: 'the build failed',
  pre_deploy_failed: 'its pre-deploy command failed',
  update_failed: 'the new version did not start',
  canceled: 'it was cancelled by hand',
}

/** In characters. Shorter values are common words; hiding them would hide half of the log. */
const shortestSecret = 6

/** Log lines for the job log: without colours, without values of variables, and unable to start a workflow command. Pure. */
export function maskedLogLines(lines: readonly LogLine[], values: readonly string[]): string[] {
  const secrets = values
    .flatMap((value) => [value, ...value.split(/\r?\n/)])
    .filter((value) => value.trim().length >= shortestSecret)
    // The longest first: a value that contains another one must be hidden as a whole.
    .toSorted((a, b) => b.length - a.length)
  return lines.map(({ message, timestamp }) => {
    const plain = stripVTControlCharacters(message)
    const masked = secrets.reduce((line, secret) => line.replaceAll(secret, '***'), plain)
    return `${timestamp.slice(11, 19)} ${printable(masked.trimEnd(), 500)}`
  })
}
