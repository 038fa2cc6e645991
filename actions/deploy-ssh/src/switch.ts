import { userInfo } from 'node:os'
import { armFleet, assertArmed, confirmFleet, type FleetHost, type HostState } from '@belay/host/fleet'
import type { Move } from '@belay/release-model'
import { type DeployContext, undoStateOf } from './context.ts'
import { unitsOf } from './inputs.ts'
import type { ObservedHost } from './plan.ts'
import { changeSeconds } from './release.ts'
import { describeUnreadableLog, logRemedy } from './service-log.ts'
import type { DeployStep } from './undo.ts'
import { type SavedRelease, undoSpec } from './undo.ts'

/**
 * After the barrier, when every host has the whole release: starts the change on all at once. If one fails, all roll back.
 * With slots no user is moved. It still has a time limit, so that a lost runner leaves neither a lock nor an unproved
 * release behind.
 */
export async function switchFleet(
  context: DeployContext,
  observed: readonly ObservedHost[],
  differed: boolean,
): Promise<void> {
  const { step, inputs, fleet, signal } = context
  const saved = {
    ...undoStateOf(context, { armed: true, differed }),
    ...(inputs.slots.length === 0 && movesOf(context, observed)),
  }
  const request = {
    saved,
    undoSpec: undoSpec(saved),
    boundary: saved.fillsSlots ? 'fill' : 'switch',
    confirmTimeout: inputs.confirmTimeout,
    changeTimeout: changeSeconds(inputs),
    otherwise: `the hosts ${saved.fillsSlots ? 'stop the filled slot' : 'roll back'} on their own`,
    onPhase: (phase: string, host: string) => step.record({ event: 'phase', phase, host }),
  }
  const states = await armFleet(step, fleet, request, signal)
  for (const [index, state] of states.entries()) reportLogTail(context, fleet[index], state)
  assertArmed(fleet, states, logRemedy(inputs, states))
  reportUnverified(step, fleet, states)
  step.record({ event: 'phase', phase: 'armed' })
}

/** What users get on each host; not for slots, which move no user. */
function movesOf({ inputs, content }: DeployContext, observed: readonly ObservedHost[]): Pick<SavedRelease, 'moves'> {
  const to = { version: content.version, release: content.id }
  const back = inputs.command === 'rollback' && { back: true as const }
  const moveOf = ({ version, committed }: ObservedHost): Move => ({
    from: { version, release: committed },
    to,
    ...back,
  })
  return { moves: Object.fromEntries(observed.map((host) => [host.host, moveOf(host)])) }
}

/** Makes the release final now, at the end of this main. */
export async function confirmRelease(context: DeployContext): Promise<void> {
  const { step, inputs } = context
  const saved = undoStateOf(context, { armed: true, differed: false })
  const remedy = 'run `command: status` to see what each host serves; then release or roll back again.'
  await confirmFleet(step, saved, undoSpec(saved), inputs.credentials, remedy)
}

/** Warns where a host could not verify that the new release is what answers (rule 15). */
function reportUnverified(step: DeployStep, fleet: readonly FleetHost[], states: readonly HostState[]): void {
  const lines = states.flatMap(({ unverified }, index) =>
    unverified ? [`${fleet[index]?.lease.host}: ${unverified}.`] : [],
  )
  if (lines.length === 0) return
  const text = `Not verified: whether this release is what answers.\n${lines.join('\n')}`
  step.warn(`${text}\nLet the answer of \`check\` name the commit (output sha), or add a health-gate that expects it.`)
  step.summary(`**deploy-ssh** ${text}`)
}

/** The log of the service goes only to the job log, which masks secrets. */
function reportLogTail(
  { step, inputs }: DeployContext,
  member: FleetHost | undefined,
  { logTail, unreadableLogs }: HostState,
): void {
  const { host, user } = member?.lease ?? { host: '', user: '' }
  const units = unitsOf(inputs).join(' or ')
  for (const line of unreadableLogs)
    step.info(`${host}: ${describeUnreadableLog(line, units, user || userInfo().username)}`)
  if (logTail.length === 0) return
  step.info([`The last lines of the service on ${host}:`, ...logTail.map((line) => `  ${line}`)].join('\n'))
}
