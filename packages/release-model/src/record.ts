import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import type { Release } from './identity.ts'
import type { Result } from './result.ts'
import type { Serving } from './serving.ts'

/** The workflow run that a record belongs to. */
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
  /** A phase of the action's plan, written before it begins; `host` where it is that of one host. */
  | { event: 'phase'; phase: string; host?: string }
  | { event: 'note'; level: 'info' | 'warning'; text: string; host?: string }
  /** The targets of this step roll back on their own `seconds` from now unless confirmed; `previous`: what they serve then. */
  | { event: 'armed'; hosts: string[]; seconds: number; previous: Record<string, Serving> }
  /** The applied migrations of those that a service was built with, in their order. */
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
  /** `stays`: the change stays, complete and named (a schema). */
  | { event: 'outcome'; target: string; service: string; result: Result; detail: string; stays?: true }
  | { event: 'result'; result: Result }

/** A line of `record.jsonl`: an event, when it was (ISO, UTC) and which step of the job wrote it. */
export type RecordLine = RecordEvent & { at: string; step: string }

/** A new line, also after one that a kill or a full disk left incomplete. */
export function jsonLine(value: unknown): string {
  return `\n${JSON.stringify(value)}\n`
}

/** Appends one line, by a single write. */
export function appendRecord(path: string, step: string, event: RecordEvent, now: Date = new Date()): void {
  appendFileSync(path, jsonLine({ at: now.toISOString(), step, ...event }))
}

/** Reads the record; a last line that a killed process left incomplete is ignored. */
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
      // Torn by a kill in the middle of a write: what it announced did not happen yet.
    }
  }
  return lines
}
