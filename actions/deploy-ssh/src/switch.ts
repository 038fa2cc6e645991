import { userInfo } from 'node:os'
import { armFleet, assertArmed, confirmFleet, type FleetHost, type HostState } from '@belay/host'
import type { Move } from '@belay/release-model'
import { type DeployContext, undoStateOf } from './context.ts'
import { unitsOf } from './inputs.ts'
import type { ObservedHost } from './plan.ts'
import { changeSeconds } from './release.ts'
import type { DeployStep } from './undo.ts'
import { type SavedRelease, undoSpec } from './undo.ts'
import { describeUnreadableLog } from './unreadable-log.ts'

/**
 * Behind the barrier: every host has everything. Tells all at once; one that fails makes all go back. With slots no user
 * is moved by it; it has a time limit all the same, so that a lost runner leaves neither a lock nor a stranger behind.
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
    boundary: saved.slots ? 'fill' : 'switch',
    confirmTimeout: inputs.confirmTimeout,
    changeTimeout: changeSeconds(inputs),
    otherwise: `the hosts ${saved.slots ? 'leave the slot idle again' : 'go back'} by themselves`,
    onPhase: (phase: string, host: string) => step.record({ event: 'phase', phase, host }),
  }
  const states = await armFleet(step, fleet, request, signal)
  for (const [index, state] of states.entries()) reportLogTail(context, fleet[index], state)
  assertArmed(fleet, states, remedyOf(states))
  reportUnverified(step, fleet, states)
  step.record({ event: 'phase', phase: 'armed' })
}

/** With slots no user is moved by it. */
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
  const remedy = 'run `command: status`: it says what each host serves; then release or roll back again.'
  await confirmFleet(step, saved, undoSpec(saved), inputs.credentials, remedy)
}

/** Where to look for the reason. */
function remedyOf(states: readonly HostState[]): string {
  if (states.some(({ logTail: tail }) => tail.length > 0)) return 'read the last lines of the service, above.'
  if (states.some(({ unreadableLogs: unread }) => unread.length > 0))
    return 'let the deploy user read what the service writes, as said above, or read it on the host.'
  return 'see what the service wrote on the host.'
}

/** "Released" must not be read as "seen running" where no host could see it. */
function reportUnverified(step: DeployStep, fleet: readonly FleetHost[], states: readonly HostState[]): void {
  const lines = states.flatMap(({ unverified: unproved }, index) =>
    unproved ? [`${fleet[index]?.lease.host}: ${unproved}.`] : [],
  )
  if (lines.length === 0) return
  const text = `Not proved: that what answers is this release.\n${lines.join('\n')}`
  step.warn(
    `${text}\nLet the answer of \`check\` name the commit (output sha), or follow with a health-gate that expects it.`,
  )
  step.summary(`**deploy-ssh** ${text}`)
}

/** What the service wrote goes to the job log alone, which masks secrets. */
function reportLogTail(
  { step, inputs }: DeployContext,
  member: FleetHost | undefined,
  { logTail: tail, unreadableLogs: unread }: HostState,
): void {
  const { host, user } = member?.lease ?? { host: '', user: '' }
  const units = unitsOf(inputs).join(' or ')
  for (const line of unread) step.info(`${host}: ${describeUnreadableLog(line, units, user || userInfo().username)}`)
  if (tail.length === 0) return
  step.info([`The last lines of the service on ${host}:`, ...tail.map((line) => `  ${line}`)].join('\n'))
}
