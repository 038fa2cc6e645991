import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Release } from './identity.ts'
import type { Result } from './result.ts'
import type { Serving } from './serving.ts'

/** The run that a record belongs to, as a reader would look it up. */
export interface WorkflowRun {
  readonly url: string
  readonly id: string
  readonly attempt: number
  readonly job: string
  readonly actor: string
  readonly repository: string
}

/** What happened, one line each. Every rendering (Slack message, job summary, timeline) is made from these alone. */
export type RecordEvent =
  | { event: 'release-began'; release: Release; run: WorkflowRun }
  | { event: 'release-ended'; release: string }
  | { event: 'step-began'; action: string; command?: string; service?: string; release?: string; mutates: boolean }
  /** A boundary of the action's plan, written before it is crossed; `host` where it is one host's. */
  | { event: 'phase'; phase: string; host?: string }
  | { event: 'note'; level: 'info' | 'warning'; text: string; host?: string }
  /** The targets of this step return by themselves unless confirmed, `seconds` from now; `previous`: what they serve then. */
  | { event: 'armed'; hosts: string[]; seconds: number; previous: Record<string, Serving> }
  /** What is applied of the migrations that a service was built with, in their order. */
  | { event: 'schema'; service: string; migrations: string[] }
  | { event: 'gate'; verdict: 'pass' | 'fail' | 'inconclusive'; reason: string; attempts: number; version?: string }
  | {
      event: 'step-ended'
      ok: boolean
      result: Result
      seconds: number
      reason?: string
      code?: string
      remedy?: string
    }
  | { event: 'decided'; decision: 'commit' | 'undo'; why: string }
  /** `stays`: the change stands whole (a schema), and is named. */
  | { event: 'outcome'; target: string; service: string; result: Result; detail: string; stays?: true }
  | { event: 'result'; result: Result }

/** A line of `record.jsonl`: an event, when it was (ISO, UTC) and which step of the job wrote it. */
export type RecordLine = RecordEvent & { at: string; step: string }

/** A line of its own, also after one that a kill or a full disk left unfinished. */
export function jsonLine(value: unknown): string {
  return `\n${JSON.stringify(value)}\n`
}

/** Appends one line, by a single write. */
export function appendRecord(path: string, step: string, event: RecordEvent, now: Date = new Date()): void {
  appendFileSync(path, jsonLine({ at: now.toISOString(), step, ...event }))
}

/** Reads what is there; a last line that a killed process left unfinished is passed over. */
export function readRecord(path: string): RecordLine[] {
  return readJsonLines<RecordLine>(path)
}

export function readJsonLines<T>(path: string): T[] {
  if (!existsSync(path)) return []
  const lines: T[] = []
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    try {
      if (line) lines.push(JSON.parse(line) as T)
    } catch {
      // torn by a kill in the middle of a write: what it would have said did not happen yet
    }
  }
  return lines
}
