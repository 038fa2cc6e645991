import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundles } from './actions.ts'
import { timeCommand } from './command.ts'
import { measureInTurn } from './series.ts'
import { type Row, ratioRow } from './table.ts'

const series = { count: 21, warmups: 2 }

/** The goal for every action, and for those that have one of their own. */
export interface StartLimits {
  readonly default: number
  readonly [action: string]: number
}

/** How long each action takes to say which of its inputs are missing, over Node alone. */
export async function measureStarts(limits: StartLimits): Promise<Row[]> {
  const rows: Row[] = []
  for (const { name, file } of bundles()) {
    const pairs = await measureInTurn(
      series,
      () => start([file]),
      () => start(['-e', '0']),
    )
    rows.push(ratioRow(`start of ${name}`, pairs, limits[name] ?? limits.default))
  }
  return rows
}

/** Milliseconds of one process without inputs; its environment holds PATH and an empty RUNNER_TEMP of its own. */
async function start(args: string[]): Promise<number> {
  const temp = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    // A missing input ends an action with 1: that is how far it is to go here.
    return await timeCommand(process.execPath, args, {
      env: { PATH: process.env.PATH, RUNNER_TEMP: temp },
      ends: [0, 1],
    })
  } finally {
    rmSync(temp, { recursive: true })
  }
}
