import { hash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JournalEntry, JournalLine, RecordLine } from './events.ts'
import type { JobState } from './job-state.ts'
import { foldJournal } from './journal-fold.ts'
import { jsonLine } from './json-lines.ts'
import { recordOf } from './record.ts'

/** How far a journal reached: its size in bytes and their SHA-256. Lines are only added, so this part stays the same. */
export interface JournalMark {
  readonly bytes: number
  readonly sum: string
}

/** What the actions of one job share: a folder below `RUNNER_TEMP`, gone with the job. In it is the log of all events. */
export interface Journal {
  readonly folder: string
  /** Adds events, by one write. */
  append(...entries: readonly JournalEntry[]): void
  /** What the job's events add up to. */
  read(): JobState
  /** What people read of the events. */
  record(): RecordLine[]
}

/** A journal as a file, which other steps of the job may damage. */
export interface JournalFile extends Journal {
  mark(): JournalMark
  /** Why the journal is not one that reached `mark` before; undefined where it may be. */
  whyDamaged(mark: JournalMark): string | undefined
}

/** Opens the job's journal, and makes it if this is the first action of the job. */
export function openJournal(folder: string): JournalFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'journal.jsonl')
  return {
    folder,
    append(...entries) {
      const at = new Date().toISOString()
      const lines = entries.map((entry) => jsonLine({ at, ...entry }))
      if (lines.length > 0) appendFileSync(path, lines.join(''), { mode: 0o600 })
    },
    read() {
      const { lines, foreign } = readJournal(path)
      const job = foldJournal(lines)
      return { ...job, damaged: job.damaged ?? foreign }
    },
    record: () => recordOf(readJournal(path).lines),
    mark: () => markOf(textOf(path) ?? Buffer.alloc(0)),
    whyDamaged(mark) {
      const text = textOf(path)
      if (mark.bytes === 0) return undefined
      if (text === undefined) return 'it is missing'
      if (text.length === 0) return 'it is empty'
      if (text.length < mark.bytes) return 'it was cut off'
      return markOf(text.subarray(0, mark.bytes)).sum === mark.sum ? undefined : 'it was changed'
    },
  }
}

function textOf(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined
}

function markOf(text: Buffer): JournalMark {
  return { bytes: text.length, sum: hash('sha256', text) }
}

/** The lines of a journal, and why it cannot be one: its first line, if any, that no step of Belay began to write. */
export interface JournalText {
  readonly lines: JournalLine[]
  readonly foreign: string | undefined
}

/**
 * Reads a journal; none is an empty one. A line that a kill or a full disk left incomplete is ignored: what it announced
 * did not happen yet.
 */
export function readJournal(path: string): JournalText {
  const lines: JournalLine[] = []
  let foreign: string | undefined
  for (const [index, text] of (textOf(path)?.toString('utf8') ?? '').split('\n').entries()) {
    if (text === '') continue
    const line = lineOf(text)
    if (line) lines.push(line)
    else if (!text.startsWith('{')) foreign ??= `line ${index + 1} cannot be read`
  }
  return { lines, foreign }
}

function lineOf(text: string): JournalLine | undefined {
  try {
    const value = JSON.parse(text) as JournalLine | null
    return typeof value === 'object' && typeof value?.step === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
