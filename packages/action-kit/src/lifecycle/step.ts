import * as core from '@actions/core'
import type { Step } from '../action.ts'
import { monotonicSeconds } from '../clock.ts'
import { type JobEvent, outcomeEntries } from '../events.ts'
import { interruptSignal } from '../interrupt.ts'
import type { JournalStep } from '../job-state.ts'
import type { Journal } from '../journal.ts'
import { log } from '../log.ts'
import type { Section } from '../summary.ts'
import { flushSections } from './report.ts'

export function makeStep<Undo>(
  id: string,
  stage: 'main' | 'post',
  journal: Journal,
): { step: Step<Undo>; flush: () => void } {
  const sections: Section[] = []
  const record = (event: JobEvent) => journal.append({ step: id, ...event })
  const step: Step<Undo> = {
    id,
    stage,
    journal,
    signal: stage === 'main' ? interruptSignal() : ignoredInterrupts(),
    record,
    output: (name, value) => core.setOutput(name, value),
    summary: (markdown, place: Section['place'] = stage) => sections.push({ place, markdown }),
    info: (text) => log.info(text),
    warn(text, host) {
      log.warning(host ? `${host}: ${text}` : text)
      record({ event: 'note', level: 'warning', text, ...(host && { host }) })
    },
    save: (undo) => record({ event: 'saved', undo }),
    arm(targets, seconds) {
      record({ event: 'armed', targets, seconds, returnsAt: monotonicSeconds() + seconds })
    },
    recordOutcomes: (outcomes) => journal.append(...outcomeEntries(id, outcomes)),
  }
  return { step, flush: () => flushSections(step, sections) }
}

export function stepState<Undo>(step: Step<Undo>): JournalStep | undefined {
  return step.journal.read().steps.find(({ id }) => id === step.id)
}

export function nextStepId(journal: Journal, action: string): string {
  const earlier = journal.read().steps.filter((step) => step.action === action).length
  return `${action}-${earlier + 1}`
}

/** The runner never interrupts a post; a Ctrl-C at a terminal must not stop an undo either. */
function ignoredInterrupts(): AbortSignal {
  interruptSignal()
  return new AbortController().signal
}
