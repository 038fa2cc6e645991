import type { Release } from '@belay/release-model'
import type { Admission, ChosenRelease, JournalEntry } from './events.ts'
import { type JobState, type JournalStep, pendingTargets } from './job-state.ts'
import type { TargetOutcome } from './targets.ts'

/** Adds up the events of a journal. Pure. */
export function foldJournal(entries: readonly JournalEntry[]): JobState {
  const steps = new Map<string, JournalStep>()
  const releases: Release[] = []
  const open = new Set<string>()
  const connections: { step: string; key: string; socket: string }[] = []
  let nonce: string | undefined
  let decided: JobState['decided']
  const returns = new Map<string, number>()
  let exclusive: JobState['exclusive']
  let damaged: string | undefined
  let reason: string | undefined
  const chosen: { service: string; release: ChosenRelease }[] = []
  const schemas: JobState['schemas'][number][] = []
  const admissions: Admission[] = []

  const update = (id: string, change: (step: JournalStep) => Partial<JournalStep>) => {
    const step = steps.get(id)
    if (step) steps.set(id, { ...step, ...change(step) })
  }

  // A step begins once; a second beginning would hide what it has to undo.
  const begin = (step: JournalStep) => {
    if (!steps.has(step.id)) steps.set(step.id, step)
  }

  for (const entry of entries) {
    switch (entry.event) {
      case 'step-began': {
        const { action, mutates, closes = false, service } = entry
        begin({ ...newStep, id: entry.step, action, mutates, closes, service })
        break
      }
      case 'release-lost': {
        const { service, result } = entry
        const ended = { ok: result === 'committed', result }
        begin({ ...newStep, id: entry.step, action: 'release', mutates: true, service, ended })
        break
      }
      case 'identified':
        nonce ??= entry.nonce
        break
      case 'saved':
        update(entry.step, () => ({ undo: entry.undo }))
        break
      case 'armed':
        update(entry.step, (step) => ({ armed: [...step.armed, ...entry.targets] }))
        // What an earlier step of the job armed there is confirmed together with it, and has no countdown of its own.
        for (const { name, transaction = name } of entry.targets) returns.set(transaction, entry.returnsAt)
        break
      case 'moved':
        update(entry.step, (step) => ({ moved: [...step.moved, ...entry.targets] }))
        break
      case 'step-ended':
      case 'step-concluded':
        update(entry.step, () => ({ ended: { ok: entry.ok, result: entry.result } }))
        break
      case 'outcome':
        addOutcome(contentOf(entry), entry.step)
        break
      case 'decided':
        decided = { decision: entry.decision, why: entry.why, until: entry.until }
        break
      case 'reason':
        reason = entry.reason
        break
      case 'connected':
        connections.push({ step: entry.step, key: entry.key, socket: entry.socket })
        break
      case 'schema':
        schemas.push({ service: entry.service, migrations: entry.migrations, applied: entry.applied })
        break
      case 'admitted':
        admissions.push(contentOf(entry))
        break
      case 'damaged':
        damaged ??= entry.why
        break
      case 'chosen':
        chosen.push({ service: entry.service, release: entry.release })
        break
      case 'exclusive':
        exclusive = { step: entry.step, why: entry.why }
        break
      case 'release-began':
        releases.push(entry.release)
        break
      case 'release-joined':
        open.add(entry.release)
        break
      case 'release-ended':
        open.delete(entry.release)
        break
    }
  }

  // A target's outcome may come from another step's post; it belongs to the last step that armed the target. Where no
  // step armed it (a schema), it belongs to the step that changed it.
  function addOutcome(outcome: TargetOutcome, by: string): void {
    const all = [...steps.values()]
    const step = all.findLast(({ armed }) => armed.some(({ name }) => name === outcome.target)) ?? steps.get(by)
    if (!step) return
    const others = step.outcomes.filter((earlier) => earlier.target !== outcome.target)
    steps.set(step.id, { ...step, outcomes: [...others, outcome] })
  }

  // Once every armed target has its outcome, no confirm timeout limits the job.
  const isPending = [...steps.values()].some((step) => pendingTargets(step).length > 0)
  const returnsAt = isPending ? Math.min(...returns.values()) : undefined
  return {
    steps: [...steps.values()],
    nonce,
    releases,
    unfinishedReleases: [...open],
    decided,
    returnsAt,
    schemas,
    admissions,
    chosen,
    exclusive,
    reason,
    connections,
    damaged,
  }
}

/** What is known of a step that began and did nothing yet. */
const newStep: Omit<JournalStep, 'id' | 'action' | 'mutates'> = {
  closes: false,
  service: undefined,
  undo: undefined,
  ended: undefined,
  armed: [],
  moved: [],
  outcomes: [],
}

/** An event without its name, and without when it was and whose it is. */
function contentOf<E extends JournalEntry>(entry: E & { at?: string }): Omit<E, 'at' | 'step' | 'event'> {
  const { at: _, step: __, event: ___, ...content } = entry
  return content
}
