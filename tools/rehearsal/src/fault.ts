import type { FaultName, Faults, PlayResult } from '@belay/workflow-runner'

/** One fault, and the step that it strikes. */
export interface Fault {
  readonly kind: FaultName
  /** `job/step/nested` */
  readonly step: string
}

export const faultKinds: readonly FaultName[] = ['break', 'cancel', 'kill', 'loseRunner']

/** What is to go wrong in a release; one of the two at most. */
export interface Wrong {
  readonly fault?: Fault | undefined
  /** One of the example's own `troubles`: something that Belay only meets. */
  readonly trouble?: string | undefined
}

/** By the flags of the command line. */
export const faultFlags: Readonly<Record<string, FaultName>> = {
  break: 'break',
  cancel: 'cancel',
  kill: 'kill',
  'lose-runner': 'loseRunner',
}

/** What each fault does, in the words of the timeline. */
export const faultWords: Readonly<Record<FaultName, string>> = {
  break: 'reported as failed after its work ended well',
  cancel: 'the job was cancelled',
  kill: 'kill -9 of the action',
  loseRunner: 'the runner was lost: everything of it was killed, no post runs',
}

/** How a job ends that a fault strikes before Belay has changed anything. */
export const endsBy: Readonly<Record<FaultName, PlayResult['conclusion']>> = {
  break: 'failure',
  kill: 'failure',
  cancel: 'cancelled',
  loseRunner: 'lost',
}

/**
 * Whether Slack's message may go on saying that the release runs: its runner is lost with it, before the deployment by
 * which a following job finds the message is made, at once after it.
 */
export function isUnheard(fault: Fault | undefined): boolean {
  return fault?.kind === 'loseRunner' && fault.step.endsWith('/notify-slack')
}

/** `lose-runner`, as the command line has it */
export function flagOf({ kind }: Fault): string {
  return Object.entries(faultFlags).find(([, one]) => one === kind)?.[0] ?? kind
}

/** `, kill at release/api/deploy-ssh`, `, trouble: build-fails`; empty where nothing is to go wrong. */
export function wrongText({ fault, trouble }: Wrong): string {
  if (fault) return `, ${flagOf(fault)} at ${fault.step}`
  return trouble ? `, trouble: ${trouble}` : ''
}

/** The phase in the middle of which a step that changes something is struck. */
const middles: Readonly<Record<string, string>> = {
  'deploy-ssh': 'restart',
  'migrate-db': 'apply',
  'blue-green-switch': 'weight-100',
  'deploy-render': 'follow',
}

/**
 * Strikes in the middle of the work: a deploy while its first host restarts the service, a switch while the first
 * host's traffic moves, a migration while it is applied, a deploy on Render while the first one is built, any other step of Belay's as it begins. What writes no record
 * is struck at its end.
 */
export function faultsOf({ kind, step }: Fault, paths: readonly string[]): Faults {
  const name = step.split('/').at(-1) ?? ''
  const inside = ['deploy-ssh', 'deploy-render'].find((nested) => paths.includes(`${step}/${nested}`)) ?? name
  const middle = middles[inside]
  const record = (line: unknown) => {
    const { event, phase, action } = (line ?? {}) as { event?: string; phase?: string; action?: string }
    return middle ? event === 'phase' && phase === middle : event === 'step-began' && action === name
  }
  return { [kind]: step, at: { stage: 'main', record } }
}

/** A fault that did not strike proves nothing. */
export function strikeProblems({ struck }: PlayResult, fault: Fault | undefined): string[] {
  return fault && !struck.includes(fault.kind) ? [`the fault did not strike: ${fault.step} did not run`] : []
}

/** The paths of steps that nest no others. */
export function leavesOf(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
}
