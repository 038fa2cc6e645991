import type { HostPoint, Progress } from './host-points.ts'

/** What is promised of a job that is struck: its result is one of these, and each host serves the old or the new release. */
export interface Promised {
  readonly results: readonly string[]
  /** On a host that was struck. */
  readonly struck: readonly Served[]
  readonly others: readonly Served[]
}
export type Served = 'old' | 'new'

/**
 * Derived from the rules (docs/architecture.md) and the rows of docs/decisions/transaction.md; a row is named by its main.
 * A step that fails before its own change is `unchanged`, and `rolled-back` where an earlier step of the job had changed
 * something.
 */
export function promisedAt(point: HostPoint): Promised {
  const { progress } = point.boundary
  switch (point.fault) {
    // "A host's process was killed": what comes next undoes it (rule 10), or, once all had answered, confirms it (rule 8).
    case 'kill the process':
    case 'kill both':
      if (progress === 'held') return failed
      return progress === 'changing' || progress === 'made' ? undone('rolled-back') : unaffected(point)
    // "Failed in the change". An undo may be killed at any point, and may run twice (rule 10).
    case 'kill the change':
      return undone('rolled-back')
    case 'reboot':
      return rebooted(progress)
    case 'fill the disk':
      return filled(point)
    // The lock is the first job's (rule 4).
    case 'second job':
      return unaffected(point)
    // Not overwritten, and named where Belay would have had to (rule 5).
    case 'edit by hand':
      return edited(point)
  }
}

function unaffected({ decision }: HostPoint): Promised {
  return decision === 'commit' ? committed : undone('rolled-back')
}

/**
 * After its boot a host serves what is confirmed. Asked, it has promised what it cannot keep: "one host cut off". The post
 * may find it off: then its end is not known to the job, and the result is no better than that.
 */
function rebooted(progress: Progress): Promised {
  if (progress === 'held') return undone('unchanged', 'rolled-back', 'mixed')
  if (progress === 'asked') return { results: ['mixed'], struck: ['old'], others: ['new'] }
  return progress === 'ended' ? committed : undone('rolled-back', 'mixed')
}

/**
 * Refused before anything is changed, or the way back is a rename, which needs no room. A change that needs no room itself
 * may end well.
 */
function filled(point: HostPoint): Promised {
  const { progress, host } = point.boundary
  // HAProxy's weights are lost with its process unless its state file is written: named where it cannot be.
  const unsaved = point.proxy === 'haproxy' ? ['mixed'] : []
  // At the rename to armed the confirm timeout is written already: what comes next is the change.
  if (progress === 'changing' || host?.word === 'armed')
    return { results: ['committed', 'rolled-back', ...unsaved], struck: ['old', 'new'], others: ['old', 'new'] }
  // The switch that comes next in the job needs room.
  if (isFilled(point) || progress === 'unlocked' || progress === 'held') return failed
  return point.decision === 'undo' ? undone('rolled-back', ...unsaved) : unaffected(point)
}

const committed: Promised = { results: ['committed'], struck: ['new'], others: ['new'] }
const failed = undone('unchanged', 'rolled-back')

function undone(...results: string[]): Promised {
  return { results, struck: ['old'], others: ['old'] }
}

/** The slot is filled, and the switch comes next in the job. */
function isFilled({ step, proxy, boundary }: HostPoint): boolean {
  return step === 'api' && proxy !== undefined && boundary.progress === 'made'
}

function edited(point: HostPoint): Promised {
  const { progress, host } = point.boundary
  const both: readonly Served[] = ['old', 'new']
  // The switch finds that the slot no longer leads to the commit, moves no traffic, and the undo leaves the slot alone.
  if (isFilled(point)) return { results: ['mixed'], struck: both, others: ['old'] }
  switch (progress) {
    case 'held':
      return { ...undone('unchanged', 'rolled-back', 'mixed'), struck: both }
    // Before its own rename the change compares and fails; after it, it may end well, and the confirm sees the edit.
    case 'changing': {
      const seen = point.step === 'api' ? [] : ['committed']
      return { results: [...seen, 'unchanged', 'rolled-back', 'mixed'], struck: both, others: both }
    }
    case 'made':
    case 'asked':
      return { results: atCommit(point), struck: both, others: ['new'] }
    default:
      return {
        // At the rename to undone all is back, and nothing looks at it any more.
        results: host?.word === 'undone' ? ['rolled-back'] : ['mixed'],
        struck: both,
        others: ['old'],
      }
  }
}

/** The confirm sees a link that leads elsewhere, and users that go elsewhere; the edit of nginx changes nothing of them. */
function atCommit({ step, proxy, boundary: { host } }: HostPoint): readonly string[] {
  if (step === 'traffic' && proxy === 'nginx') return ['committed']
  return host?.word === 'confirmed' ? ['committed', 'mixed'] : ['mixed']
}
