import type { LoadReport } from '@belay/load'
import { spreadOf } from '../bench/series.ts'
import { alignedTable } from '../support/table.ts'
import type { Release } from './belay.ts'
import type { Lane } from './lane.ts'
import { causesOf } from './watch.ts'

const columns = [
  'proxy',
  'how',
  'moves',
  'ms a move',
  'requests',
  'failed fresh',
  'failed kept',
  'silence',
  'p99',
] as const

/** A line of the table, all text. */
export type Row = Readonly<Record<(typeof columns)[number], string>>

export function rowOf(proxy: string, how: string, { watched: { fresh, keepAlive }, moves }: Lane): Row {
  const ms = (value: number | undefined) => (value === undefined ? '-' : `${value.toFixed(0)} ms`)
  return {
    proxy,
    how,
    moves: String(moves.length),
    'ms a move': spread(moves),
    requests: (fresh.sent + keepAlive.sent).toLocaleString('en'),
    'failed fresh': failedOf(fresh),
    'failed kept': failedOf(keepAlive),
    silence: ms(Math.max(fresh.longestSilenceMs, keepAlive.longestSilenceMs)),
    p99: ms(Math.max(fresh.p99Ms ?? 0, keepAlive.p99Ms ?? 0)),
  }
}

function failedOf(report: LoadReport): string {
  return report.failed.length === 0 ? '0' : `${report.failed.length} (${causesOf(report)})`
}

/** How long Belay's moves took, for each kind. */
export function timesOf(proxy: string, releases: readonly Release[]): string[] {
  const line = (what: string, values: (number | undefined)[]) => {
    const ms = values.filter((value) => value !== undefined)
    return ms.length === 0 ? [] : [`${proxy}: ${what} ${spread(ms)} ms (${ms.length})`]
  }
  const switches = releases.filter(({ kind }) => kind === 'good' || kind === 'regretted')
  const rollbacks = releases.filter(({ kind }) => kind === 'rollback')
  return [
    ...line(
      'switch',
      switches.map(({ switchMs }) => switchMs),
    ),
    ...line(
      'rollback to the warm slot',
      rollbacks.map(({ switchMs }) => switchMs),
    ),
    ...line(
      'rollback, the whole job',
      rollbacks.map(({ began, ended }) => ended - began),
    ),
    ...line(
      'undo, from the decision to the last word',
      releases.map(({ backMs }) => backMs),
    ),
  ]
}

function spread(values: readonly number[]): string {
  const { min, median, max } = spreadOf(values)
  const [low, middle, high] = [min, median, max].map((value) => value.toFixed(0))
  return low === high ? String(middle) : `${middle} (${low}–${high})`
}

/** The rows below a heading, aligned. */
export function tableOf(rows: readonly Row[]): string {
  return alignedTable(columns, rows)
}
