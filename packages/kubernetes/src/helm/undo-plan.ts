import type { ObjectRef } from '../resources.ts'
import { type HelmRevision, isPending } from './history.ts'

/** What the undo of a chart's release needs. Lies in the journal and in the cluster; holds no secret. */
export interface SavedChart {
  /** The name of the Helm release. */
  readonly name: string
  /** The last revision before ours; 0 where there was none. */
  readonly last: number
  /** The revision that the undo goes back to; 0: what the release installed is uninstalled. */
  readonly good: number
  /** Ours is made by `helm upgrade`, or by `helm rollback`. */
  readonly by: 'upgrade' | 'rollback'
  /** It is not ours: somebody's Helm has left it `pending-…`, and only as long as it is so, it is undone. */
  readonly pending?: true
  /** How many revisions Helm keeps. */
  readonly historyMax: number
  /** Objects that ours drops: the undo must bring them back. */
  readonly dropped: readonly ObjectRef[]
  /** Volume claims of the chart, which Helm would delete with what it undoes. */
  readonly claims: readonly ObjectRef[]
}

/** What is to be done about a Helm release. */
export type ChartUndo = 'nothing' | 'rollback' | 'uninstall' | 'done' | 'superseded'

/** By its history alone; `isOurs`: our release made the revision after the last one. Pure. */
export function planChartUndo(
  { last, good, by, pending }: SavedChart,
  history: readonly HelmRevision[],
  isOurs: boolean,
): ChartUndo {
  const later = history.filter(({ revision }) => revision > last)
  const [first, ...others] = later
  if (!first) return history.length > 0 || last === 0 ? 'nothing' : 'superseded'
  const isRollback = ({ description }: HelmRevision) => /^Rollback /.test(description)
  if (first.revision !== last + 1 || !(isOurs || (by === 'rollback' && isRollback(first)))) return 'superseded'
  if (first.status === 'uninstalled') return good === 0 ? 'done' : 'superseded'
  const newest = others.at(-1)
  if (!newest && pending && !isPending(first)) return 'superseded'
  if (!newest) return good === 0 ? 'uninstall' : 'rollback'
  // An undo before this one, which may have been killed.
  const isUndo = (one: HelmRevision) =>
    one.description === `Rollback to ${good}` || /^Rollback ".*" failed/.test(one.description)
  if (!others.every(isUndo)) return 'superseded'
  return newest.status === 'deployed' ? 'done' : 'rollback'
}
