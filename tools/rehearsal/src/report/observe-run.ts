import type { FakeSlack } from '@belay/fakes/slack'
import type { WorkflowRunOptions } from '@belay/workflow-runner'
import type { Rehearsal, Shown } from '../example.ts'
import { watchTargets } from '../observe/served.ts'
import type { Terminal } from '../terminal.ts'
import { tagOf } from '../version.ts'
import { clientReport } from './clients.ts'
import { messageReport } from './messages.ts'
import type { Check, Moment, RunReport } from './model.ts'
import { openRecorder } from './recorder.ts'
import { hiderOf, mapTexts } from './texts.ts'

export interface Observing {
  readonly terminal: Terminal
  readonly onEvent: NonNullable<WorkflowRunOptions['onEvent']>
  readonly slack: FakeSlack
  /** Replaces addresses by names. */
  readonly rename: (text: string) => string
  /** Whether the targets are asked what they serve while the run goes on: only a page shows it. */
  readonly watches: boolean
}

/** Runs one rehearsal, and returns all that was seen of it, without secrets. */
export async function observeRun(rehearsal: Rehearsal, observing: Observing): Promise<RunReport> {
  const { terminal, onEvent, slack, rename, watches } = observing
  const { title, notes, versions } = rehearsal
  const startedAt = Date.now()
  const earlier = slack.messages().length
  const recorder = openRecorder()
  const watching = watchTargets(watches ? rehearsal.targets() : [], versions)
  try {
    const shown = await rehearsal.run(terminal, (event, controller) => {
      recorder.onEvent(event)
      onEvent(event, controller)
    })
    const { steps, moments } = recorder.recorded()
    const endedAt = Date.now()
    const report: RunReport = {
      title,
      notes,
      startedAt,
      endedAt,
      sentence: shown.sentence,
      lines: shown.lines,
      problems: shown.problems,
      version: tagOf(versions.version),
      before: Object.entries(versions.before).map(([service, old]) => ({ service, version: old && tagOf(old) })),
      checks: checksOf(shown),
      lanes: await watching.stop(),
      clients: shown.clients.map((client) => clientReport(client, versions)),
      steps,
      moments: [...moments, endOf(shown, endedAt)],
      messages: slack.messages().slice(earlier).map(messageReport),
    }
    const hide = hiderOf(shown.secrets)
    return mapTexts(report, (text) => rename(hide(text)))
  } finally {
    await watching.stop()
  }
}

function endOf({ problems }: Shown, at: number): Moment {
  return {
    at,
    kind: 'end',
    text: problems.length === 0 ? 'all is as promised' : 'inspected to the end: not as promised',
  }
}

/** An example's checks, and a last one with each problem that none of them has: no problem is left out. Pure. */
export function checksOf({ checks, problems }: Pick<Shown, 'checks' | 'problems'>): Check[] {
  const known = new Set(checks.flatMap((check) => check.problems))
  const others = problems.filter((problem) => !known.has(problem))
  const what = 'everything else'
  const promised = 'one report of each job in Slack and on GitHub, with its result; no lock, process or secret is left'
  return [...checks, { what, promised, seen: others.join('; ') || 'as promised', problems: others }]
}
