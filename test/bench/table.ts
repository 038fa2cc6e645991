import { alignedTable } from '../support/table.ts'
import { type Pairs, ratiosOf, type Spread, spreadOf } from './series.ts'

/** A line of the table, all text: what was measured, beside what, and what it is held to. */
export interface Row {
  readonly what: string
  readonly measured: string
  readonly baseline?: string
  readonly ratio?: string
  readonly goal?: string
  readonly verdict?: string
}

const columns = ['what', 'measured', 'baseline', 'ratio', 'goal', 'verdict'] as const

/** Times over their floor; `limit` is the goal for the median of the pairs' ratios. */
export function ratioRow(what: string, pairs: Pairs, limit?: number): Row {
  const ratio = spreadOf(ratiosOf(pairs))
  return {
    what: `${what} (${pairs.subject.length})`,
    measured: show(spreadOf(pairs.subject), 0, ' ms'),
    baseline: show(spreadOf(pairs.baseline), 0, ' ms'),
    ratio: show(ratio, 2, '×'),
    ...(limit !== undefined && verdict(ratio.median, limit, (value) => `${value.toFixed(2)}×`)),
  }
}

/** Something counted; `limit` is the most that it may be. */
export function countRow(what: string, count: number, unit: string, limit?: number): Row {
  const text = (value: number) => `${value.toLocaleString('en')}${unit}`
  return { what, measured: text(count), ...(limit !== undefined && verdict(count, limit, text)) }
}

function verdict(value: number, limit: number, text: (value: number) => string): Pick<Row, 'goal' | 'verdict'> {
  return { goal: `≤ ${text(limit)}`, verdict: value <= limit ? 'met' : `missed by ${text(value - limit)}` }
}

function show({ min, median, max }: Spread, digits: number, unit: string): string {
  const [low, middle, high] = [min, median, max].map((value) => value.toFixed(digits))
  return low === high ? `${middle}${unit}` : `${middle}${unit} (${low}–${high})`
}

/** The rows below a heading, aligned. */
export function tableOf(rows: readonly Row[]): string {
  return alignedTable(columns, rows)
}
