import type { FaultName, Faults, WorkflowRunResult } from '@belay/workflow-runner'

/** One fault, and the step into which it is injected. */
export interface Fault {
  readonly kind: FaultName
  /** `job/step/nested` */
  readonly step: string
}

export const faultKinds: readonly FaultName[] = ['break', 'cancel', 'kill', 'loseRunner']

/** What goes wrong in a release: one of the two at most. */
export interface Disruption {
  readonly fault?: Fault | undefined
  /** One of the example's `externalFailures`: an external failure that Belay must handle. */
  readonly externalFailure?: string | undefined
}

/** By the flags of the command line. */
export const faultFlags: Readonly<Record<string, FaultName>> = {
  break: 'break',
  cancel: 'cancel',
  kill: 'kill',
  'lose-runner': 'loseRunner',
}

/** What each fault does, as the timeline says it. */
export const faultWords: Readonly<Record<FaultName, string>> = {
  break: 'reported as failed after it succeeded',
  cancel: 'the job was cancelled',
  kill: 'kill -9 of the action',
  loseRunner: 'the runner was lost: all its processes were killed, and no post runs',
}

/** The conclusion of a job into which a fault is injected before Belay has changed anything. */
export const endsBy: Readonly<Record<FaultName, WorkflowRunResult['conclusion']>> = {
  break: 'failure',
  kill: 'failure',
  cancel: 'cancelled',
  loseRunner: 'lost',
}

/**
 * Whether Slack's message may go on saying that the release runs. A following job finds the message by the GitHub
 * deployment, which is made right after the message. Here the runner is lost before that.
 */
export function neverUpdated(fault: Fault | undefined): boolean {
  return fault?.kind === 'loseRunner' && fault.step.endsWith('/notify-slack')
}

/** The flag of the command line, for example `lose-runner`. */
export function flagOf({ kind }: Fault): string {
  return Object.entries(faultFlags).find(([, one]) => one === kind)?.[0] ?? kind
}

/** `, kill at release/api/deploy-ssh`, `, external failure: build-fails`; empty where nothing goes wrong. */
export function disruptionText({ fault, externalFailure }: Disruption): string {
  if (fault) return `, ${flagOf(fault)} at ${fault.step}`
  return externalFailure ? `, external failure: ${externalFailure}` : ''
}

/** The phase of a changing step in which the fault is injected. */
const middles: Readonly<Record<string, string>> = {
  'deploy-ssh': 'restart',
  'migrate-db': 'apply',
  'blue-green-switch': 'weight-100',
  'deploy-render': 'follow',
}

/**
 * Injects the fault in the middle of the work: into a deploy while its first host restarts the service, a switch while
 * the first host's traffic moves, a migration while it is applied, a deploy on Render while the first one is built, and
 * any other Belay step as it begins. A step that writes no journal gets the fault at its end.
 */
export function faultsOf({ kind, step }: Fault, paths: readonly string[]): Faults {
  const name = step.split('/').at(-1) ?? ''
  const inside = ['deploy-ssh', 'deploy-render'].find((nested) => paths.includes(`${step}/${nested}`)) ?? name
  const middle = middles[inside]
  const journal = (line: unknown) => {
    const { event, phase, action } = (line ?? {}) as { event?: string; phase?: string; action?: string }
    return middle ? event === 'phase' && phase === middle : event === 'step-began' && action === name
  }
  return { [kind]: step, at: { stage: 'main', journal } }
}

/** A fault that was not injected verifies nothing. */
export function injectionProblems({ injected }: WorkflowRunResult, fault: Fault | undefined): string[] {
  return fault && !injected.includes(fault.kind) ? [`the fault was not injected: ${fault.step} did not run`] : []
}

/** The paths of steps without nested steps. */
export function leavesOf(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => other.startsWith(`${path}/`)))
}
