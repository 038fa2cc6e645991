import * as core from '@actions/core'
import type { Result } from '@belay/release-model'
import type { JournalEntry } from './events.ts'
import type { Journal, JournalFile, JournalMark } from './journal.ts'

const stateName = 'belay'

/**
 * What main passes to its post through the runner, beside the journal: a step that empties RUNNER_TEMP removes the
 * journal, and post must know that it existed. Small, and without secrets (docs/research/runner.md#stages).
 */
export interface MainState {
  readonly folder: string
  readonly step: string
  /** Main began to change production. */
  readonly mutates: boolean
  /** The result of main itself. */
  readonly result?: Result
  /** The names of the targets that it armed, and when (monotonic seconds) they roll back on their own. */
  readonly armed: readonly string[]
  readonly returnsAt?: number
  /** The folders of the connections that it left open. */
  readonly connections: readonly string[]
  /** The journal after the last line of this step. */
  readonly mark: JournalMark
}

/** The journal for a main: what post needs of each line is passed to it as soon as the line is written. */
export function savedForPost(journal: JournalFile, step: string): Journal {
  let state: MainState = {
    folder: journal.folder,
    step,
    mutates: false,
    armed: [],
    connections: [],
    mark: journal.mark(),
  }
  const saveState = () => core.saveState(stateName, JSON.stringify(state))
  saveState()
  return {
    ...journal,
    append(...entries) {
      journal.append(...entries)
      for (const entry of entries) state = { ...state, ...changeOf(state, entry) }
      state = { ...state, mark: journal.mark() }
      saveState()
    },
  }
}

/** A step may write lines for another one, as the aftercare of a lost runner does: they do not change its own state. */
function changeOf(state: MainState, entry: JournalEntry): Partial<MainState> {
  if (entry.step !== state.step) return {}
  switch (entry.event) {
    case 'step-began':
      return { mutates: entry.mutates }
    case 'armed':
      return { armed: [...state.armed, ...entry.targets.map(({ name }) => name)], returnsAt: entry.returnsAt }
    case 'connected':
      return { connections: [...state.connections, entry.socket] }
    case 'step-ended':
      return { result: entry.result }
    default:
      return {}
  }
}

/** The state that main left; undefined where it was stopped before it began. */
export function mainState(): MainState | undefined {
  const text = core.getState(stateName)
  return text === '' ? undefined : (JSON.parse(text) as MainState)
}
