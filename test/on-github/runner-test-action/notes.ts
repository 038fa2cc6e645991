import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What the action observed at one moment. Times in milliseconds, of one machine. */
export interface Note {
  readonly name: string
  readonly stage: 'main' | 'post'
  readonly event: 'began' | 'ended' | 'SIGINT' | 'SIGTERM' | 'alive'
  readonly at: number
  readonly jobStatus: string
  /** The input that a later step gives. */
  readonly late: string
  /** What main left in GITHUB_STATE. */
  readonly state: string
  /** What a later step wrote to GITHUB_ENV. */
  readonly env: string
  /** BELAY_RESULT, as the environment had it. */
  readonly belay: string
}

const path = join(process.env.RUNNER_TEMP ?? '.', 'observed.jsonl')

export const input = (name: string) => process.env[`INPUT_${name.toUpperCase()}`] ?? ''

export function note(stage: Note['stage'], event: Note['event']): void {
  const seen: Note = {
    name: input('name'),
    stage,
    event,
    at: Date.now(),
    jobStatus: input('job-status'),
    late: input('late'),
    state: process.env.STATE_kept ?? '',
    env: process.env.OBSERVED_LATE ?? '',
    belay: process.env.BELAY_RESULT ?? '',
  }
  appendFileSync(path, `${JSON.stringify(seen)}\n`)
}

export function notes(): Note[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Note)
}

/** Writes to one of the runner's files: GITHUB_ENV, GITHUB_STATE, GITHUB_OUTPUT. */
export function writeCommand(file: string, name: string, value: string): void {
  appendFileSync(process.env[file] ?? '', `${name}=${value}\n`)
}
