import type { Fault } from './fault.ts'
import { type PromisedTraffic, trafficFor } from './promises.ts'

/** How far the change of a service has come when the fault is injected. */
export type Reached = 'done' | 'faulted' | 'not begun'

/** `paths`: all steps of the workflow, in their order. */
export function reachedOf(paths: readonly string[], step: string, faultStep: string): Reached {
  if (step === faultStep || step.startsWith(`${faultStep}/`)) return 'faulted'
  return paths.indexOf(step) < paths.indexOf(faultStep) ? 'done' : 'not begun'
}

/** How far each change of a service with a schema, two slots and a proxy has come. */
export interface Change {
  /** `not begun` also where the service has no database. */
  readonly schema: Reached
  /** What was applied. */
  readonly migrated: readonly string[]
  /** Interrupted migrations that are no transaction: neither applied nor certainly untouched. */
  readonly half: readonly string[]
  readonly fill: Reached
  readonly move: Reached
}

/** The promise for a service with a fault in its job; undefined if the job reaches no changing step. */
export function rowOfFault(
  traffic: readonly PromisedTraffic[],
  { kind }: Fault,
  { schema, migrated, half, fill, move }: Change,
): PromisedTraffic | undefined {
  if (schema === 'not begun' && fill === 'not begun') return undefined
  const cancelled = 'undo: the job was cancelled'
  const inMigration = schema === 'faulted' && fill === 'not begun' && ['kill', 'cancel'].includes(kind)
  if (inMigration && (migrated.length === 0 || half.length > 0)) {
    const failed = trafficFor(traffic, 'the migration failed', 'undo: the job failed')
    const row = kind === 'cancel' ? { ...failed, decision: cancelled, job: 'cancelled' } : failed
    // It is not certain that nothing was changed.
    return half.length > 0 ? { ...row, result: 'mixed' } : row
  }
  switch (kind) {
    case 'break':
      return trafficFor(traffic, 'ended well', 'undo: a later step failed')
    case 'kill':
      if (fill === 'faulted') return trafficFor(traffic, 'killed in the fill', 'undo: the job failed')
      if (move === 'faulted') return trafficFor(traffic, 'killed in the switch', 'undo: the job failed')
      return trafficFor(traffic, 'ended well', 'undo: a later step failed')
    case 'cancel':
      return trafficFor(traffic, 'ended well', cancelled)
    case 'loseRunner':
      return trafficFor(traffic, 'ended well', 'none')
  }
}
