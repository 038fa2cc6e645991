import { userInfo } from 'node:os'
import { armFleet, confirmFleet, type FleetHost, type HostState, refuseUnarmed } from '@belay/host'
import type { Move } from '@belay/release-model'
import { unitsOf } from './inputs.ts'
import type { Observed } from './plan.ts'
import { changeSeconds } from './release.ts'
import { type SavedRelease, wayBack } from './undo.ts'
import { unreadWords } from './unread.ts'
import { type DeployStep, savedOf, type Work } from './work.ts'

/**
 * Behind the barrier: every host has everything. Tells all at once; one that fails makes all go back. With slots no user
 * is moved by it; it has a time limit all the same, so that a lost runner leaves neither a lock nor a stranger behind.
 */
export async function switchFleet(work: Work, observed: readonly Observed[], differed: boolean): Promise<void> {
  const { step, inputs, fleet, signal } = work
  const saved = {
    ...savedOf(work, { armed: true, differed }),
    ...(inputs.slots.length === 0 && movesOf(work, observed)),
  }
  const order = {
    saved,
    way: wayBack(saved),
    boundary: saved.slots ? 'fill' : 'switch',
    window: inputs.confirmTimeout,
    wait: changeSeconds(inputs),
    otherwise: `the hosts ${saved.slots ? 'leave the slot idle again' : 'go back'} by themselves`,
    onPhase: (phase: string, host: string) => step.record({ event: 'phase', phase, host }),
  }
  const states = await armFleet(step, fleet, order, signal)
  for (const [index, state] of states.entries()) tellTail(work, fleet[index], state)
  refuseUnarmed(fleet, states, remedyOf(states))
  tellUnproved(step, fleet, states)
  step.record({ event: 'phase', phase: 'armed' })
}

/** With slots no user is moved by it. */
function movesOf({ inputs, content }: Work, observed: readonly Observed[]): Pick<SavedRelease, 'moves'> {
  const to = { version: content.version, release: content.id }
  const back = inputs.command === 'rollback' && { back: true as const }
  const move = ({ version, committed }: Observed): Move => ({ from: { version, release: committed }, to, ...back })
  return { moves: Object.fromEntries(observed.map((host) => [host.host, move(host)])) }
}

/** Makes the release final now, at the end of this main. */
export async function confirmRelease(work: Work): Promise<void> {
  const { step, inputs } = work
  const saved = savedOf(work, { armed: true, differed: false })
  const mend = 'run `command: status`: it says what each host serves; then release or roll back again.'
  await confirmFleet(step, saved, wayBack(saved), inputs.credentials, mend)
}

/** Where to look for the reason. */
function remedyOf(states: readonly HostState[]): string {
  if (states.some(({ tail }) => tail.length > 0)) return 'read the last lines of the service, above.'
  if (states.some(({ unread }) => unread.length > 0))
    return 'let the deploy user read what the service writes, as said above, or read it on the host.'
  return 'see what the service wrote on the host.'
}

/** "Released" must not be read as "seen running" where no host could see it. */
function tellUnproved(step: DeployStep, fleet: readonly FleetHost[], states: readonly HostState[]): void {
  const lines = states.flatMap(({ unproved }, index) => (unproved ? [`${fleet[index]?.held.host}: ${unproved}.`] : []))
  if (lines.length === 0) return
  const text = `Not proved: that what answers is this release.\n${lines.join('\n')}`
  step.warn(
    `${text}\nLet the answer of \`check\` name the commit (output sha), or follow with a health-gate that expects it.`,
  )
  step.summary(`**deploy-ssh** ${text}`)
}

/** What the service wrote goes to the job log alone, which masks secrets. */
function tellTail({ step, inputs }: Work, member: FleetHost | undefined, { tail, unread }: HostState): void {
  const { host, user } = member?.held ?? { host: '', user: '' }
  const units = unitsOf(inputs).join(' or ')
  for (const line of unread) step.info(`${host}: ${unreadWords(line, units, user || userInfo().username)}`)
  if (tail.length === 0) return
  step.info([`The last lines of the service on ${host}:`, ...tail.map((line) => `  ${line}`)].join('\n'))
}
