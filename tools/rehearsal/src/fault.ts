import type { FaultName, Faults, WorkflowRunResult } from '@belay/workflow-runner'
import { failedStep } from './checks/failure-text.ts'

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

/** The flag of the command line, for example `lose-runner`. */
export function flagOf({ kind }: Fault): string {
  return Object.entries(faultFlags).find(([, one]) => one === kind)?.[0] ?? kind
}

/** `, kill at release/api/deploy-ssh`, `, external failure: build-fails`; empty where nothing goes wrong. */
export function disruptionText({ fault, externalFailure }: Disruption): string {
  if (fault) return `, ${flagOf(fault)} at ${fault.step}`
  return externalFailure ? `, external failure: ${externalFailure}` : ''
}

/** The phase of a changing step in which the fault is injected: the first of them that it reaches. */
const middles: Readonly<Record<string, readonly string[]>> = {
  'deploy-ssh': ['restart'],
  'migrate-db': ['apply'],
  // A cluster knows no weights.
  'blue-green-switch': ['weight-100', 'switched'],
  'deploy-render': ['follow'],
  'deploy-kubernetes': ['follow'],
  // In `release` that is deploy-kubernetes, too.
  canary: ['follow'],
}

/** What goes on in the middle of a changing step. */
const middleNames: Readonly<Record<string, string>> = {
  'deploy-ssh': 'restart',
  'migrate-db': 'migration',
  'blue-green-switch': 'switch',
  'deploy-render': 'deploy',
  'deploy-kubernetes': 'rollout',
  canary: 'canary',
}

/** `in the middle of the switch`, `in release/smoke` */
export function momentText(step: string): string {
  const middle = middleNames[step.split('/').at(-1) ?? '']
  return middle ? `in the middle of the ${middle}` : `in ${step}`
}

/**
 * Injects the fault in the middle of the work: into a deploy while its first host restarts the service, a switch while
 * the first host's traffic moves or the cluster's has moved, a migration while it is applied, a deploy on Render while the first
 * one is built, one in a cluster while it follows the new pods, and any other Belay step as it begins. A step that is no action has no journal: it gets the fault at its end.
 */
export function faultsOf({ kind, step }: Fault, paths: readonly string[]): Faults {
  const middle = middleOf(step, paths)
  const journal = (line: unknown) => {
    const { event, phase } = (line ?? {}) as { event?: string; phase?: string }
    return middle ? event === 'phase' && middle.includes(phase ?? '') : event === 'step-began'
  }
  return { [kind]: step, at: { stage: 'main', journal } }
}

/** The phases in the middle of a step, or of the step of a composite that moves users; undefined: it has none. */
function middleOf(step: string, paths: readonly string[]): readonly string[] | undefined {
  const inside = ['deploy-ssh', 'deploy-render', 'deploy-kubernetes'].find((nested) =>
    paths.includes(`${step}/${nested}`),
  )
  return middles[inside ?? step.split('/').at(-1) ?? '']
}

/** A fault that was not injected, or not at its moment, verifies nothing. */
export function injectionProblems(
  { injected, jobs }: Pick<WorkflowRunResult, 'injected' | 'jobs'>,
  fault: Fault | undefined,
  paths: readonly string[],
): string[] {
  if (!fault || injected.includes(fault.kind)) return []
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  const ran = steps.some(({ path, stage, outcome }) => path === fault.step && stage === 'main' && outcome !== 'skipped')
  if (!ran) {
    const failed = failedStep(jobs)
    const before = failed ? `, because of ${failed.where}${failed.said}` : ''
    return [`the fault was not injected: ${fault.step} did not run${before}`]
  }
  const middle = middleOf(fault.step, paths)
  const moment = middle ? `its phase ${middle.join(' or ')}` : 'the first line of its journal'
  return [`the fault was not injected: ${fault.step} ran, but did not reach ${moment}`]
}

/** The steps that began in a run, in their order, without composites: what a fault can be injected into. */
export function begunSteps({ jobs }: Pick<WorkflowRunResult, 'jobs'>): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps)
  const begun = steps.filter(({ stage, outcome }) => stage === 'main' && outcome !== 'skipped').map(({ path }) => path)
  return begun.filter((path) => !begun.some((other) => other.startsWith(`${path}/`)))
}

/** The fault if it is in the job or before it; one in a later job cannot affect what the job released. */
export function faultUpTo(job: string, fault: Fault | undefined, paths: readonly string[]): Fault | undefined {
  if (!fault || fault.step.startsWith(`${job}/`)) return fault
  const first = paths.findIndex((path) => path.startsWith(`${job}/`))
  return paths.indexOf(fault.step) < first ? fault : undefined
}
