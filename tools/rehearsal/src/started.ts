import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openRuns, type Runs } from './runs.ts'
import type { Version } from './version.ts'

interface Stoppable {
  stop(): Promise<unknown>
}

/** What is started for a rehearsal, with a folder of its own. All of it ends with `close`, or with this process. */
export interface Started {
  readonly folder: string
  readonly runs: Runs
  /** Ends it, too, last started first. */
  add<One extends Stoppable>(starting: Promise<One>): Promise<One>
  /** At once, also in the middle of a run. May be called twice. */
  close(): Promise<void>
}

/** `checkOut` fills an empty folder with the example at a version. */
export function openStarted(checkOut: (version: Version, into: string) => void): Started {
  const folder = mkdtempSync(join(tmpdir(), 'br-'))
  const clear = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', clear)
  const runs = openRuns(folder, checkOut)
  const open: Stoppable[] = []
  let closing: Promise<void> | undefined

  async function close(): Promise<void> {
    runs.lose()
    await Promise.all(open.toReversed().map((one) => one.stop()))
    clear()
    process.removeListener('exit', clear)
  }

  return {
    folder,
    runs,
    async add(starting) {
      const one = await starting
      open.push(one)
      return one
    },
    close() {
      closing ??= close()
      return closing
    },
  }
}
