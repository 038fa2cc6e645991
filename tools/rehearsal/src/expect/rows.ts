import type { JobResult } from '@belay/workflow-runner'
import type { Fault } from '../fault.ts'
import { type Progress, progressOf } from './progress.ts'
import { isOfCluster, type PromiseRow, promiseFor, type Tables } from './tables.ts'
import type { Unit } from './unit.ts'

/** What is known of a service's job and of what it changes, besides how its steps ended. */
export interface Circumstances {
  readonly fault: Fault | undefined
  /** It was requested as `previous`. */
  readonly back: boolean
  /** The service served the version before. */
  readonly isLive: boolean
  /** Nothing was released before. */
  readonly isFirst: boolean
  /** On Render: the job deploys a service that has a disk. */
  readonly withDisk: boolean
  /** Whether a migration was applied, and whether one that is no transaction may have stopped in its middle. */
  readonly migrated: boolean
  readonly half: boolean
}

type Find = (main: string, decision: string, confirm?: string) => PromiseRow

const failed = 'undo: the job failed'
const laterFailed = 'undo: a later step failed'
const cancelled = 'undo: the job was cancelled'

/**
 * The rows that may hold for a service, by how the runner saw its steps end; none if the job reached no changing step. More
 * than one only where it cannot be seen from outside how far a step came. Pure.
 */
export function rowsOf(tables: Tables, unit: Unit, job: JobResult | undefined, how: Circumstances): PromiseRow[] {
  const find: Find = (...cells) => promiseFor(tables[unit.table], ...cells)
  const deploy = progressOf(job, unit.steps.deploy, how.fault)
  const schema = progressOf(job, unit.steps.schema, how.fault)
  const canary = how.isFirst ? 'not begun' : progressOf(job, unit.steps.canary, how.fault)
  if (!job || [deploy, schema, canary].every((one) => one === 'not begun')) return []
  if (job.conclusion === 'success' && how.isLive && !isOfCluster(unit.table))
    return [
      { ...promiseFor(tables.promises, 'nothing to do', 'commit', 'none armed'), slot: 'untouched', schema: 'old' },
    ]
  switch (unit.table) {
    case 'promises':
      return hostRows(find, job, deploy, isStruckIn(unit.steps.deploy, how.fault))
    case 'render':
      return [renderRow(find, job, deploy, how)]
    case 'kubernetes':
    case 'kubernetes-canary':
    case 'kubernetes-rollback':
      if (how.back) return [promiseFor(tables['kubernetes-rollback'], 'rollback to `previous`', 'at its own end')]
      return deploy === 'not begun'
        ? canaryRows((...cells) => promiseFor(tables['kubernetes-canary'], ...cells), job, canary)
        : clusterRows(find, job, deploy, how)
    case 'kubernetes-slots':
      return clusterSlotRows(find, job, { deploy, move: progressOf(job, unit.steps.switch, how.fault) }, how)
    case 'traffic':
    case 'elsewhere': {
      const steps = { deploy, schema, move: progressOf(job, unit.steps.switch, how.fault) }
      const row = slotRow((...cells) => promiseFor(tables.traffic, ...cells), job, steps, how)
      return unit.table === 'elsewhere' && job.conclusion === 'lost' ? lostRows(find, row, steps) : [row]
    }
  }
}

/** A fault is injected into the middle of a changing step: so it is certain that the change had begun. */
function isStruckIn(step: string, fault: Fault | undefined): boolean {
  return fault !== undefined && (step === fault.step || step.startsWith(`${fault.step}/`))
}

/** A restart is the switch. */
function hostRows(find: Find, { conclusion }: JobResult, deploy: Progress, isStruck: boolean): PromiseRow[] {
  switch (conclusion) {
    case 'success':
      // `continue-on-error` hides from the job's status how the step ended.
      if (deploy === 'failed') return [find('failed in the change, tolerated', 'commit', 'none armed')]
      if (deploy === 'killed') return [find('killed in the change, tolerated', 'undo: main never ended')]
      return [find('ended well', 'commit', 'all')]
    case 'lost':
      return [find('ended well', 'none')]
    case 'cancelled': {
      if (deploy === 'ended') return [find('ended well', cancelled)]
      const before = { ...find('failed before the change', failed), job: 'cancelled' }
      return [find('interrupted in the change', cancelled), ...(isStruck ? [] : [before])]
    }
    default: {
      if (deploy === 'ended') return [find('ended well', laterFailed)]
      const how = deploy === 'killed' ? 'killed' : 'failed'
      return [find(`${how} in the change`, failed), ...(isStruck ? [] : [find(`${how} before the change`, failed)])]
    }
  }
}

interface SlotProgress {
  readonly schema: Progress
  readonly deploy: Progress
  readonly move: Progress
}

/** A schema, two slots and a proxy. */
function slotRow(find: Find, { conclusion }: JobResult, steps: SlotProgress, how: Circumstances): PromiseRow {
  if (conclusion === 'success') return find('ended well', 'commit')
  if (conclusion === 'lost') return find('ended well', 'none')
  const decision = conclusion === 'cancelled' ? cancelled : laterFailed
  if (steps.deploy !== 'not begun')
    return conclusion === 'cancelled' ? find('ended well', cancelled) : slotFailure(find, steps)
  if (how.half) return { ...find('killed in a migration that is no transaction', failed), job: jobOf(conclusion) }
  if (how.migrated) return find('ended well', decision)
  return conclusion === 'cancelled'
    ? find('cancelled in a migration that is one', cancelled)
    : find('the migration failed', failed)
}

/** What hosts do without the runner depends on whether each proxy has its own timeout. */
function lostRows(find: Find, row: PromiseRow, { move }: SlotProgress): PromiseRow[] {
  const beforeMove = find('lost between fill and switch', 'none')
  const rows =
    move === 'not begun' ? [beforeMove] : [find('ended well', 'none'), ...(move === 'ended' ? [] : [beforeMove])]
  return rows.map((one) => ({ ...one, schema: row.schema }))
}

function slotFailure(find: Find, { deploy, move }: SlotProgress): PromiseRow {
  if (deploy === 'killed') return find('killed in the fill', failed)
  if (deploy !== 'ended') return find('the fill failed', failed)
  if (move === 'killed') return find('killed in the switch', failed)
  if (move === 'failed') return find('the switch failed', failed)
  return find('ended well', laterFailed)
}

/** Objects of a namespace. A step that fails by itself may have been refused before it changed one. */
function clusterRows(
  find: Find,
  { conclusion }: JobResult,
  deploy: Progress,
  { isFirst }: Circumstances,
): PromiseRow[] {
  switch (conclusion) {
    case 'success':
      return [find('ended well', 'commit')]
    case 'lost':
      return [find('ended well', 'none')]
    case 'cancelled':
      return [find(deploy === 'ended' ? 'ended well' : 'interrupted in the change', cancelled)]
    default:
      if (deploy === 'ended') return [find(isFirst ? 'first release, ended well' : 'ended well', laterFailed)]
      if (deploy === 'killed') return [find('killed in the change', failed)]
      return [find('pods never get ready', failed), find('an object is invalid', failed)]
  }
}

/** Two slots in a cluster. A fill that fails by itself may have been refused before it changed anything. */
function clusterSlotRows(
  find: Find,
  { conclusion }: JobResult,
  { deploy, move }: Omit<SlotProgress, 'schema'>,
  { isFirst }: Circumstances,
): PromiseRow[] {
  const undone = find(isFirst ? 'first release, ended well' : 'ended well', laterFailed)
  switch (conclusion) {
    case 'success':
      return [find('ended well', 'commit')]
    case 'lost':
      return [find(move === 'not begun' ? 'filled' : 'ended well', 'none')]
    case 'cancelled':
      return [{ ...undone, job: jobOf(conclusion) }]
    default:
      if (deploy === 'killed') return [find('killed in the fill', failed)]
      if (deploy !== 'ended')
        return [
          find('the fill fails: pods crash', failed),
          find('a ConfigMap that has traffic changes in place', failed),
        ]
      if (move === 'killed') return [find('killed in the switch', failed)]
      return [move === 'failed' ? find('the switch finds too few ready pods', failed) : undone]
  }
}

/** A canary, and no step after it began that releases to all pods: a gate did not let it. */
function canaryRows(find: Find, { conclusion }: JobResult, canary: Progress): PromiseRow[] {
  const ended = 'the canary ended well'
  switch (conclusion) {
    case 'success':
      return [find(`${ended}, no step releases to all pods`, 'commit')]
    case 'lost':
      return [find(ended, 'none')]
    case 'cancelled':
      return [{ ...find(ended, 'undo: the gate failed'), job: jobOf(conclusion) }]
    default:
      if (canary === 'ended') return [find(ended, 'undo: the gate failed')]
      if (canary === 'killed') return [find('killed while the canary is made', failed)]
      return [find('pods of the canary crash', failed), find('a ConfigMap that is in use changes in place', failed)]
  }
}

function jobOf(conclusion: JobResult['conclusion']): string {
  return conclusion === 'cancelled' ? 'cancelled' : 'red'
}

function renderRow(
  find: Find,
  { conclusion }: JobResult,
  deploy: Progress,
  { back, withDisk }: Circumstances,
): PromiseRow {
  const disk = withDisk && !back ? ', one with a disk' : ''
  switch (conclusion) {
    case 'success':
      return back ? find('rollback', 'at its own end') : find('ended well', 'commit')
    case 'lost':
      return find(deploy === 'ended' ? 'ended well' : 'at work in the change', 'none')
    case 'cancelled':
      return deploy === 'ended' ? find(`ended well${disk}`, cancelled) : find('interrupted in the change', cancelled)
    default:
      if (deploy === 'ended') return find(`ended well${disk}`, laterFailed)
      return deploy === 'killed' ? find('killed in the change', failed) : find(`failed in the change${disk}`, failed)
  }
}
