import { foldJournal, type JobEvent, type JournalEntry, type JournalLine, recordOf } from '@belay/action-kit'
import type { Move, Release, Result, WorkflowRun } from '@belay/release-model'
import type { ReportInput } from '../../src/report-input.ts'

export const sha = '3f2a9c1b7d04e5f60718293a4b5c6d7e8f901234'

export const run: WorkflowRun = {
  url: 'https://github.com/acme/acme-api/actions/runs/77',
  id: '77',
  attempt: 1,
  job: 'release',
  actor: 'ada',
  repository: 'acme/acme-api',
}

export function release(service: string, version = sha): Release {
  return { id: '20261121T100527Z-3f2a9c1b7d04-4711-1-9f86d081', service, environment: 'qa', version, sha }
}

export const hosts = ['deploy@203.0.113.7', 'deploy@203.0.113.8']
export const previous = { version: 'v1.2.0', release: '20261120T090000Z-aaaaaaaaaaaa-4711-1-9f86d081' }

/** The journal of a job, as the kit writes it. */
export class Job {
  readonly entries: JournalEntry[] = []

  line(step: string, ...events: readonly JobEvent[]): this {
    this.entries.push(...events.map((event) => ({ step, ...event })))
    return this
  }

  begin(made: Release): this {
    return this.line('release-begin-1', { event: 'release-began', release: made, run })
  }

  end(made: Release): this {
    return this.line('release-end-1', { event: 'release-ended', release: made.id })
  }

  /** A deploy that armed its hosts. `ended`: the outcome of its main; undefined if its main never ended. */
  deploy(
    step: string,
    service: string,
    ended?: { ok: boolean; result: Result; reason?: string; code?: string; remedy?: string },
    armed = hosts,
    move: Partial<Move> = {},
  ): this {
    this.line(step, { event: 'step-began', action: 'deploy-ssh', mutates: true, service })
    if (armed.length > 0) {
      const to = this.entries.findLast((entry) => entry.event === 'release-began' && entry.release.service === service)
      const version = to?.event === 'release-began' ? to.release.version : ''
      const moved = { from: previous, to: { version, release: 'new' }, ...move }
      const targets = armed.map((host) => ({
        name: `${service} on ${host}`,
        service,
        handle: { kind: 'ssh' },
        move: moved,
      }))
      this.line(step, { event: 'armed', targets, seconds: 300, returnsAt: 100 })
    }
    return ended ? this.line(step, { event: 'step-ended', seconds: 41.2, ...ended }) : this
  }

  gate(step: string, verdict: 'pass' | 'fail' | 'inconclusive', reason: string): this {
    const ok = verdict === 'pass'
    const failure = { reason: `The gate failed. ${reason}\n  How to fix: look`, code: 'gate-failed', remedy: 'look' }
    return this.line(
      step,
      { event: 'step-began', action: 'health-gate', mutates: false },
      { event: 'gate', verdict, reason, attempts: 6 },
      { event: 'step-ended', ok, result: 'unchanged', seconds: 65, ...(!ok && failure) },
    )
  }

  decide(decision: 'commit' | 'undo', why: string): this {
    return this.line('deploy-ssh-1', { event: 'decided', decision, why, until: 500 })
  }

  settle(service: string, result: Result, detail = '', on = hosts): this {
    const outcomes = on.map((host) => ({ target: `${service} on ${host}`, service, result, detail }))
    return this.line('deploy-ssh-1', ...outcomes.map((outcome) => ({ event: 'outcome' as const, ...outcome })))
  }

  /** A migrated schema that stays when the rest is rolled back. */
  schema(service: string, detail: string): this {
    return this.line(
      'migrate-db-1',
      { event: 'step-began', action: 'migrate-db', mutates: true, service },
      { event: 'outcome', target: `schema of ${service}`, service, result: 'rolled-back', detail, stays: true },
      { event: 'step-concluded', ok: false, result: 'rolled-back' },
    )
  }

  superseded(): this {
    return this.line(
      'release-plan-1',
      { event: 'step-began', action: 'release-plan', mutates: false },
      { event: 'step-ended', seconds: 1, ok: true, result: 'superseded' },
    )
  }

  reportInput(status: ReportInput['status']): ReportInput {
    const lines = this.entries.map((entry): JournalLine => ({ at: '2026-11-21T10:05:27.000Z', ...entry }))
    return { record: recordOf(lines), job: foldJournal(lines), run, status }
  }
}
