import { hash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonLine } from '@belay/release-model'
import type { JobState } from './job-state.ts'
import type { JournalEntry } from './journal-entry.ts'
import { foldJournal } from './journal-fold.ts'

/** How far a journal reached: its size in bytes and their SHA-256. Lines are only added, so this part stays the same. */
export interface JournalMark {
  readonly bytes: number
  readonly sum: string
}

/** What the actions of one job share: a folder below `RUNNER_TEMP`, gone with the job. */
export interface Journal {
  readonly folder: string
  readonly recordPath: string
  append(entry: JournalEntry): void
  read(): JobState
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
    recordPath: join(folder, 'record.jsonl'),
    append: (entry) => appendFileSync(path, jsonLine(entry), { mode: 0o600 }),
    read() {
      const { entries, foreign } = entriesOf(textOf(path)?.toString('utf8') ?? '')
      const job = foldJournal(entries)
      return { ...job, damaged: job.damaged ?? foreign }
    },
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

/**
 * The entries of a journal's text, and the first line, if any, that no step of Belay began to write. A line that a kill
 * or a full disk left incomplete is ignored: what it announced did not happen yet.
 */
function entriesOf(text: string): { entries: JournalEntry[]; foreign: string | undefined } {
  const entries: JournalEntry[] = []
  let foreign: string | undefined
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue
    const entry = entryOf(line)
    if (entry) entries.push(entry)
    else if (!line.startsWith('{')) foreign ??= `line ${index + 1} cannot be read`
  }
  return { entries, foreign }
}

function entryOf(line: string): JournalEntry | undefined {
  try {
    const value = JSON.parse(line) as JournalEntry | null
    return typeof value === 'object' && typeof value?.step === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
