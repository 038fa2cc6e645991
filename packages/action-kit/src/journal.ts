import { hash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { jsonLine, type Move, type Release, type Result, worst } from '@belay/release-model'

/**
 * A place that will return to what it was by itself unless it is confirmed. `handle` is what the package that armed it
 * needs to ask, confirm or undo it from another process; it holds no secret.
 */
export interface ArmedTarget {
  /** What an operator calls it, unique in a job: `acme-api on deploy@203.0.113.7`. */
  readonly name: string
  readonly service: string
  readonly handle: unknown
  /** What its users had and get; undefined where nothing that users reach is changed, as in a slot without traffic. */
  readonly move?: Move
}

/** A place whose users a step moves at once, and that never returns by itself, such as a service on Render. */
export type MovedTarget = Pick<ArmedTarget, 'name' | 'service'> & { readonly move: Move }

/** What became of one target, and in whose words. */
export interface Settled {
  readonly target: string
  readonly service: string
  readonly result: Result
  readonly detail: string
  /** The change stands whole and is named (a schema, rule 15): what moves users went back without it. */
  readonly stays?: true
}

/** A release that a host keeps. */
export interface ChosenRelease {
  readonly id: string
  readonly version: string
  readonly sha: string
}

/** What a version was judged against before anything changed; whoever gets the hosts' locks later compares with it. */
export interface Judged {
  readonly service: string
  readonly environment: string
  readonly version: string
  readonly sha: string
  /** What was live, as GitHub's deployments told; undefined where they knew of nothing. */
  readonly live?: { readonly version: string; readonly sha: string }
  readonly way: 'deploy' | 'rollback'
  /** When the window closes that the release needs (ISO, UTC); undefined where it needs none. */
  readonly until?: string
}

export type Decision = 'commit' | 'undo'

/** A line of the journal. Lines are only ever added; what holds is what they add up to. */
export type JournalEntry = { step: string } & (
  | { event: 'began'; action: string; mutates: boolean; service?: string; closes?: true }
  /** The job's part of its identity on targets, drawn once; the first one holds. */
  | { event: 'identified'; nonce: string }
  /** What undo needs, written before the change that it would undo. The last one of a step holds; none: nothing is left. */
  | { event: 'saved'; undo?: unknown }
  /** `returnsAt`: monotonic seconds of this machine at which the targets go back by themselves. */
  | { event: 'armed'; targets: ArmedTarget[]; returnsAt: number }
  /** Written before users are moved where nothing returns by itself. */
  | { event: 'moved'; targets: MovedTarget[] }
  | { event: 'ended'; ok: boolean; result: Result }
  | { event: 'decided'; decision: Decision; why: string; until: number }
  | { event: 'settled'; settled: Settled[] }
  /** A connection that a step left open for later steps; that step's post closes it. */
  | { event: 'connected'; key: string; socket: string }
  /** The migrations that a service's release was built with, by name and in order, once they are all applied; `applied` by this job. */
  | { event: 'schema'; service: string; migrations: string[]; applied: string[] }
  | ({ event: 'judged' } & Judged)
  /** The journal is not as an earlier step left it: what the job did is not known for certain any more. */
  | { event: 'damaged'; why: string }
  /** A kept release that a job goes back to: what later steps for the service move traffic to, instead of its own. */
  | { event: 'chosen'; service: string; release: ChosenRelease }
  /** Why somebody overrides what would refuse a release, or goes back. */
  | { event: 'reason'; reason: string }
  /** This step must be the only one of its job that changes anything. */
  | { event: 'alone'; why: string }
  | { event: 'release-began'; release: Release }
  | { event: 'release-joined'; release: string }
  | { event: 'release-ended'; release: string }
)

/** One step of the job, as the journal knows it. */
export interface JournalStep {
  readonly id: string
  readonly action: string
  readonly mutates: boolean
  readonly closes: boolean
  readonly service: string | undefined
  readonly undo: unknown
  readonly ended: { ok: boolean; result: Result } | undefined
  readonly armed: readonly ArmedTarget[]
  readonly moved: readonly MovedTarget[]
  readonly settled: readonly Settled[]
}

/** What the lines of a journal add up to. */
export interface JobState {
  readonly steps: readonly JournalStep[]
  /** What tells this job from another of the same run and attempt; undefined until it is needed. */
  readonly nonce: string | undefined
  readonly releases: readonly Release[]
  /** Ids of releases whose composite began and did not reach its end. */
  readonly unfinishedReleases: readonly string[]
  readonly decided: { decision: Decision; why: string; until: number } | undefined
  /** The first moment (monotonic seconds) at which something armed by this job returns by itself. */
  readonly returnsAt: number | undefined
  readonly schemas: readonly { service: string; migrations: readonly string[]; applied: readonly string[] }[]
  readonly judged: readonly Judged[]
  readonly chosen: readonly { service: string; release: ChosenRelease }[]
  /** A step that allows no other that changes something beside it. */
  readonly alone: { step: string; why: string } | undefined
  readonly reason: string | undefined
  readonly connections: readonly { step: string; key: string; socket: string }[]
  /** Why the journal cannot be believed; undefined where it can. */
  readonly damaged: string | undefined
}

/** How far a journal reached: its size in bytes, and the SHA-256 of them. Lines are only added, so this part stays. */
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

/** A journal as a file, which other steps of the job may harm. */
export interface JournalFile extends Journal {
  mark(): JournalMark
  /** Why the journal is not one that reached `mark` before; undefined where it may be. */
  whyNot(mark: JournalMark): string | undefined
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
    whyNot(mark) {
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
 * The entries of a journal's text, and which line, if any, no step of Belay began to write. One that a kill
 * or a full disk tore is passed over: what it would have said did not happen yet.
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

/** Adds the lines of a journal up. Pure. */
export function foldJournal(entries: readonly JournalEntry[]): JobState {
  const steps = new Map<string, JournalStep>()
  const releases: Release[] = []
  const open = new Set<string>()
  const connections: { step: string; key: string; socket: string }[] = []
  let nonce: string | undefined
  let decided: JobState['decided']
  let returnsAt: number | undefined
  let alone: JobState['alone']
  let damaged: string | undefined
  let reason: string | undefined
  const chosen: { service: string; release: ChosenRelease }[] = []
  const schemas: JobState['schemas'][number][] = []
  const judged: Judged[] = []

  const update = (id: string, change: (step: JournalStep) => Partial<JournalStep>) => {
    const step = steps.get(id)
    if (step) steps.set(id, { ...step, ...change(step) })
  }

  for (const entry of entries) {
    switch (entry.event) {
      case 'began':
        // A step begins once; a second beginning would hide what it has to undo.
        if (steps.has(entry.step)) break
        steps.set(entry.step, {
          id: entry.step,
          action: entry.action,
          mutates: entry.mutates,
          closes: entry.closes ?? false,
          service: entry.service,
          undo: undefined,
          ended: undefined,
          armed: [],
          moved: [],
          settled: [],
        })
        break
      case 'identified':
        nonce ??= entry.nonce
        break
      case 'saved':
        update(entry.step, () => ({ undo: entry.undo }))
        break
      case 'armed':
        update(entry.step, (step) => ({ armed: [...step.armed, ...entry.targets] }))
        returnsAt = Math.min(returnsAt ?? Number.POSITIVE_INFINITY, entry.returnsAt)
        break
      case 'moved':
        update(entry.step, (step) => ({ moved: [...step.moved, ...entry.targets] }))
        break
      case 'ended':
        update(entry.step, () => ({ ended: { ok: entry.ok, result: entry.result } }))
        break
      case 'settled':
        for (const settled of entry.settled) settle(settled, entry.step)
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
      case 'judged': {
        const { step: _, event: __, ...what } = entry
        judged.push(what)
        break
      }
      case 'damaged':
        damaged ??= entry.why
        break
      case 'chosen':
        chosen.push({ service: entry.service, release: entry.release })
        break
      case 'alone':
        alone = { step: entry.step, why: entry.why }
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

  // A target's news may come from another step's post; it belongs to the last step that armed it. What nobody armed
  // (a schema) is told by the step that changed it.
  function settle(settled: Settled, by: string): void {
    const all = [...steps.values()]
    const step = all.findLast(({ armed }) => armed.some(({ name }) => name === settled.target)) ?? steps.get(by)
    if (!step) return
    const others = step.settled.filter((earlier) => earlier.target !== settled.target)
    steps.set(step.id, { ...step, settled: [...others, settled] })
  }

  // Once all that was armed is settled, no time of return binds the job any more.
  if (![...steps.values()].some((step) => unsettled(step).length > 0)) returnsAt = undefined
  return {
    steps: [...steps.values()],
    nonce,
    releases,
    unfinishedReleases: [...open],
    decided,
    returnsAt,
    schemas,
    judged,
    chosen,
    alone,
    reason,
    connections,
    damaged,
  }
}

/** The release of the composite `release` whose steps run just now; undefined where a step is used alone. */
export function releaseUnderWay({ releases, unfinishedReleases }: JobState): Release | undefined {
  return releases.findLast(({ id }) => unfinishedReleases.includes(id))
}

/** Whether the release that is under way was overtaken by a newer one: what comes after has nothing to do. */
export function isSuperseded(job: JobState): boolean {
  const service = releaseUnderWay(job)?.service
  return job.steps.some(
    (step) => step.mutates && step.service === service && service !== undefined && step.ended?.result === 'superseded',
  )
}

/** The armed targets of a step of which nothing final is known. */
export function unsettled(step: JournalStep): ArmedTarget[] {
  const final = new Set(step.settled.filter(({ result }) => isFinal(result)).map(({ target }) => target))
  return step.armed.filter((target) => !final.has(target.name))
}

function isFinal(result: Result): boolean {
  return result === 'committed' || result === 'rolled-back' || result === 'unchanged'
}

/**
 * What became of one step, in the words of rule 15: what its targets say once they have been settled, else what its
 * main said at its end. A main that left no word at all is `unknown`, and so is what is armed and not settled yet.
 */
export function resultOf(step: JournalStep): Result {
  if (step.armed.length > 0) {
    const silent = step.armed.length > step.settled.length
    return worst([...step.settled.map(({ result }) => result), ...(silent ? (['unknown'] as const) : [])])
  }
  if (!step.ended || step.ended.result === 'pending') return 'unknown'
  return step.ended.result
}

/**
 * The job's result (`BELAY_RESULT`): the worst of the steps that change something. Where none was reached nothing was
 * changed, or a newer release was there first. At best `unknown` where the journal is damaged.
 */
export function jobResult({ steps, damaged }: JobState): Result {
  if (damaged !== undefined) return worst([...steps.filter((step) => step.mutates).map(resultOf), 'unknown'])
  const changing = steps.filter((step) => step.mutates)
  if (changing.length > 0) return worst(changing.map(resultOf))
  return steps.some(({ ended }) => ended?.result === 'superseded') ? 'superseded' : 'unchanged'
}
