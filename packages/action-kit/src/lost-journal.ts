import { join } from 'node:path'
import { monotonicSeconds } from './clock.ts'
import { Failure } from './failure.ts'
import type { Journal, JournalFile } from './journal.ts'
import type { MainState } from './main-state.ts'
import type { TargetOutcome } from './targets.ts'

/**
 * Compares the journal with what this step's main left. Where it differs, it is marked as damaged: from then on the job
 * decides to undo and ends as `unknown`.
 */
export function recordLoss(journal: JournalFile, state: MainState): void {
  const why = journal.whyDamaged(state.mark)
  if (why === undefined || !state.mutates) return
  journal.append({ step: state.step, event: 'damaged', why })
}

/**
 * The journal as a post reads it: it has the connections that its main left open also where the journal is lost. No line
 * is added: a step that only reads may be the first to find it missing, and the next step must find it missing too.
 */
export function journalForPost(journal: JournalFile, { step, connections }: MainState): JournalFile {
  return {
    ...journal,
    read() {
      const job = journal.read()
      const known = new Set(job.connections.map(({ socket }) => socket))
      const lost = connections.filter((socket) => !known.has(socket)).map((socket) => ({ step, key: '', socket }))
      return { ...job, connections: [...job.connections, ...lost] }
    },
  }
}

/** Marks the journal as damaged where a main finds none, though an earlier step of the job had one. */
export function recordEarlierLoss(journal: Journal, step: string, env: NodeJS.ProcessEnv = process.env): void {
  if (!env.BELAY_RESULT || journal.read().steps.length > 0) return
  journal.append({ step, event: 'damaged', why: 'it is missing, and an earlier step of this job had begun one' })
}

/** @throws Failure `journal-lost` where what earlier steps of the job did is no longer known */
export function assertJournal(journal: Journal): void {
  const { damaged } = journal.read()
  if (damaged === undefined) return
  throw new Failure('journal-lost', `${describeLoss(journal, damaged)} This step changed nothing.`, lossRemedy)
}

/** What post reports of a damaged journal: what happened, where, what rolls back on its own, and how to check. */
export function lossReport(action: string, journal: Journal, why: string, state: MainState): string {
  const inspectHint = `To see which version serves, run ${action} with a command that only reads (\`status\`, \`look\`), or follow docs/by-hand.md.`
  const outcomes = journal.read().steps.find(({ id }) => id === state.step)?.outcomes ?? []
  return [
    describeLoss(journal, why),
    ...outcomeLines(outcomes),
    ...leftoverLines(state, outcomes),
    inspectHint,
    `How to fix: ${lossRemedy}`,
  ].join('\n')
}

function describeLoss({ folder }: Journal, why: string): string {
  return `The journal of this job (${join(folder, 'journal.jsonl')}) is not as Belay left it: ${why}. A step of this job emptied or changed RUNNER_TEMP.`
}

const lossRemedy =
  'change the step that removes or changes files in RUNNER_TEMP/belay. Check which version serves, then release again.'

/** The rest of the journal may have been enough for an undo: its outcomes. */
function outcomeLines(outcomes: readonly TargetOutcome[]): string[] {
  return outcomes.map(({ target, result, detail }) => `${target} is ${result}: ${detail}.`)
}

/** The targets of the step that have no outcome. */
function leftoverLines({ step, result, armed, returnsAt }: MainState, outcomes: readonly TargetOutcome[]): string[] {
  const open = armed.filter((name) => !outcomes.some(({ target }) => target === name))
  if (outcomes.length > 0 && open.length === 0) return []
  if (result !== undefined && result !== 'pending') return [`${step} had ended as ${result}; post did not change that.`]
  if (open.length === 0 || returnsAt === undefined)
    return [`${step} had armed nothing: nothing that it changed rolls back on its own.`]
  const time = new Date(Date.now() + (returnsAt - monotonicSeconds()) * 1000).toISOString().slice(11, 19)
  return [
    `${step} could not be confirmed. Unless it is, each host rolls back on its own, at ${time} UTC at the latest: ${open.join(', ')}.`,
  ]
}
